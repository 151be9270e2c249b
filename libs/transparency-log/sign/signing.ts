import { filter, type Subscription } from 'rxjs';
import type { RecordedEvent } from '#event-store/port';
import { StoreUnusable } from '#event-store/store-unusable';
import { businessDateOf } from '#ledger/calendar';
import { rootAt } from '#integrity/tree';
import type { Clock } from '#application/commands/clock';
import { openPublishing } from '../publish/publishing.ts';
import { askMissingWitnesses, type WitnessTrouble } from '../witness/ask-missing.ts';
import { newestCheckpoint, type PublishedCheckpoint } from '../checkpoints/checkpoint-files.ts';
import { hasLogKeys } from '../keys/log-keys.ts';
import type { SignableLedger } from '../ledgers.ts';
import { publishCheckpoint } from './publish-checkpoint.ts';

/**
 * What a process that serves a ledger signs by itself: when it begins, when a day is over, with each
 * announcement, and when somebody waits for a proof.
 */
export interface Signing {
  /** Whether this process signs. Of the nodes of a cluster, the one that was given the key does. */
  readonly isSigner: boolean;
  /** How many events the newest checkpoint of this log holds; 0 when there is none. */
  readonly through: () => number;
  /** That checkpoint, with the cosignatures that came in; undefined also while the one kept is of another history. */
  readonly newest: () => PublishedCheckpoint | undefined;
  /** Why nothing is signed any more, as a sentence. */
  readonly fault: () => StoreUnusable | undefined;
  /**
   * A checkpoint over everything there is, once it holds the event at this position. Signs once a
   * second at most; whoever comes in between waits for the same. Undefined when this process does not
   * sign, or may not.
   */
  readonly reach: (position: number) => Promise<PublishedCheckpoint | undefined>;
  /** Signs what the last day left unsigned, asks the witnesses of the policy that did not cosign yet, and publishes. */
  readonly tend: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface SigningOptions {
  readonly clock: Clock;
  /** Where every checkpoint and its tiles are written for a web server to offer, a minute late at most. */
  readonly publishTo?: string;
  /** The least time between two checkpoints in milliseconds; a second when absent. */
  readonly leastMsBetween?: number;
  /** Hears that a witness did not cosign, or that nothing may be signed any more. */
  readonly onTrouble?: (trouble: WitnessTrouble | StoreUnusable) => void;
}

const TEND_EVERY_MS = 60_000;

/** Opens the signing of a ledger: an announcement, and a day that is over, are signed from now on. */
export const openSigning = async (
  ledger: SignableLedger,
  options: SigningOptions,
): Promise<Signing> => {
  const signing = new LedgerSigning(ledger, options, await newestOfThisLog(ledger));
  await signing.start();
  return signing;
};

class LedgerSigning implements Signing {
  readonly isSigner: boolean;
  readonly #ledger: SignableLedger;
  readonly #clock: Clock;
  readonly #onTrouble: NonNullable<SigningOptions['onTrouble']>;
  readonly #publish: (checkpoint: PublishedCheckpoint | undefined) => void;
  readonly #stopping = new AbortController();
  #newest: PublishedCheckpoint | undefined;
  #fault: StoreUnusable | undefined;
  readonly #leastMsBetween: number;
  #signedAt: number;
  #next: Promise<PublishedCheckpoint | undefined> | undefined;
  #tending: Promise<void> | undefined;
  #announcements: Subscription | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    ledger: SignableLedger,
    { clock, publishTo, leastMsBetween = 1_000, onTrouble = () => undefined }: SigningOptions,
    newest: PublishedCheckpoint | undefined,
  ) {
    this.isSigner = isSigner(ledger);
    this.#ledger = ledger;
    this.#clock = clock;
    this.#leastMsBetween = leastMsBetween;
    this.#signedAt = -leastMsBetween;
    this.#onTrouble = onTrouble;
    this.#publish = openPublishing(publishTo, ledger, onTrouble);
    this.#newest = newest;
  }

  async start(): Promise<void> {
    if (!this.isSigner) return;
    await this.#signRest();
    this.#announcements = this.#ledger.log
      .subscribeAll(this.#newest === undefined ? {} : { after: BigInt(this.#newest.size) })
      .pipe(filter((message) => message.kind === 'event' && isAnnouncement(message.event)))
      .subscribe(() => void this.#signRest().then(this.tend));
    this.#timer = setInterval(() => void this.tend(), TEND_EVERY_MS).unref();
    void this.tend();
  }

  readonly through = (): number => this.#newest?.size ?? 0;

  readonly newest = (): PublishedCheckpoint | undefined =>
    this.#newest === undefined ? undefined : newestCheckpoint(this.#ledger.directory);

  readonly fault = (): StoreUnusable | undefined => this.#fault;

  readonly reach = async (position: number): Promise<PublishedCheckpoint | undefined> => {
    if (!this.isSigner) return undefined;
    if (this.#newest !== undefined && this.#newest.size >= position) return this.newest();
    const reached = await this.#signNext();
    return reached !== undefined && reached.size >= position ? reached : undefined;
  };

  readonly tend = (): Promise<void> =>
    (this.#tending ??= this.#tend()
      .then(() => this.#publish(this.newest()))
      .finally(() => {
        this.#tending = undefined;
      }));

  readonly close = async (): Promise<void> => {
    this.#stopping.abort();
    this.#announcements?.unsubscribe();
    clearInterval(this.#timer);
    await Promise.all([this.#next, this.#tending]);
  };

  async #sign(): Promise<PublishedCheckpoint | undefined> {
    try {
      this.#signedAt = performance.now();
      this.#newest = await publishCheckpoint(this.#ledger, this.#clock);
      this.#fault = undefined;
      return this.#newest;
    } catch (error) {
      const unable = error instanceof StoreUnusable ? error : notSigned(error);
      if (this.#fault === undefined) this.#onTrouble(unable);
      this.#fault = unable;
      return undefined;
    }
  }

  #signNext(): Promise<PublishedCheckpoint | undefined> {
    const waitMs = this.#signedAt + this.#leastMsBetween - performance.now();
    return (this.#next ??= pause(waitMs).then(() => {
      this.#next = undefined;
      return this.#sign();
    }));
  }

  async #signRest(): Promise<void> {
    const head = Number((await this.#ledger.log.head()) ?? 0n);
    if (head > this.through()) await this.reach(head);
  }

  async #tend(): Promise<void> {
    if (!this.isSigner) return;
    const newest = this.#newest;
    const isOverdue =
      newest === undefined || businessDateOf(newest.published) < businessDateOf(this.#clock());
    if (isOverdue) await this.#signRest();
    if (this.#newest === undefined) return;
    try {
      const { signal } = this.#stopping;
      const cosigned = await askMissingWitnesses(this.#ledger, this.#onTrouble, signal);
      this.#newest = cosigned ?? this.#newest;
    } catch (error) {
      this.#onTrouble(error instanceof StoreUnusable ? error : notSigned(error));
    }
  }
}

const isAnnouncement = ({ type }: RecordedEvent): boolean => type === 'AnnouncementPosted';

/** Whether a process with this ledger open signs: an embedded ledger does, of a cluster's nodes the one with the key. */
export const isSigner = ({
  directory,
  isCopy,
}: Pick<SignableLedger, 'directory' | 'isCopy'>): boolean => hasLogKeys(directory) || !isCopy;

/** After a backup was restored, the checkpoint that is kept may be of a history that the log has not. */
const newestOfThisLog = async ({
  directory,
  log,
  tree,
}: SignableLedger): Promise<PublishedCheckpoint | undefined> => {
  const stored = newestCheckpoint(directory);
  if (stored === undefined || stored.size > Number((await log.head()) ?? 0n)) return undefined;
  return rootAt(stored.size, tree) === stored.root ? stored : undefined;
};

/** Whatever keeps a checkpoint from the disk: the ledger goes on, unsigned for the time being. */
const notSigned = (cause: unknown): StoreUnusable => {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new StoreUnusable(
    'signing-refused',
    `The checkpoint could not be kept, so nothing was signed; it is tried again. ${why}`,
    `检查点存不下来,没有签名;稍后再试。${why}`,
    cause,
  );
};

const pause = (ms: number): Promise<void> =>
  ms <= 0 ? Promise.resolve() : new Promise((resolve) => void setTimeout(resolve, ms));
