import { filter, type Subscription } from 'rxjs';
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
  /** Hears that a witness did not cosign, or that nothing may be signed any more. */
  readonly onTrouble?: (trouble: WitnessTrouble | StoreUnusable) => void;
}

const TEND_EVERY_MS = 60_000;
const LEAST_MS_BETWEEN = 1_000;

export const openSigning = async (
  ledger: SignableLedger,
  { clock, publishTo, onTrouble = () => undefined }: SigningOptions,
): Promise<Signing> => {
  const { directory, log } = ledger;
  const signs = isSigner(ledger);
  let newest = await newestOfThisLog(ledger);
  let fault: StoreUnusable | undefined;
  let signedAt = -LEAST_MS_BETWEEN;
  let next: Promise<PublishedCheckpoint | undefined> | undefined;
  let tending: Promise<void> | undefined;
  const stopping = new AbortController();

  const sign = async (): Promise<PublishedCheckpoint | undefined> => {
    try {
      signedAt = performance.now();
      newest = await publishCheckpoint(ledger, clock);
      fault = undefined;
      return newest;
    } catch (error) {
      const unable = error instanceof StoreUnusable ? error : notSigned(error);
      if (fault === undefined) onTrouble(unable);
      fault = unable;
      return undefined;
    }
  };
  const signNext = (): Promise<PublishedCheckpoint | undefined> =>
    (next ??= pause(signedAt + LEAST_MS_BETWEEN - performance.now()).then(() => {
      next = undefined;
      return sign();
    }));
  const newestAsKept = () => (newest === undefined ? undefined : newestCheckpoint(directory));
  const reach: Signing['reach'] = async (position) => {
    if (!signs) return undefined;
    if (newest !== undefined && newest.size >= position) return newestAsKept();
    const reached = await signNext();
    return reached !== undefined && reached.size >= position ? reached : undefined;
  };
  const signWhatIsLeft = async (): Promise<void> => {
    const head = Number((await log.head()) ?? 0n);
    if (head > (newest?.size ?? 0)) await reach(head);
  };
  const tend = async (): Promise<void> => {
    if (!signs) return;
    const isOverdue =
      newest === undefined || businessDateOf(newest.published) < businessDateOf(clock());
    if (isOverdue) await signWhatIsLeft();
    if (newest === undefined) return;
    try {
      newest = (await askMissingWitnesses(ledger, onTrouble, stopping.signal)) ?? newest;
    } catch (error) {
      onTrouble(error instanceof StoreUnusable ? error : notSigned(error));
    }
  };
  const publish = openPublishing(publishTo, ledger, onTrouble);
  const tendOnce = (): Promise<void> =>
    (tending ??= tend()
      .then(() => publish(newestAsKept()))
      .finally(() => {
        tending = undefined;
      }));

  let announcements: Subscription | undefined;
  let timer: NodeJS.Timeout | undefined;
  if (signs) {
    await signWhatIsLeft();
    announcements = log
      .subscribeAll(newest === undefined ? {} : { after: BigInt(newest.size) })
      .pipe(filter((said) => said.kind === 'event' && said.event.type === 'AnnouncementPosted'))
      .subscribe(() => void signWhatIsLeft().then(tendOnce));
    timer = setInterval(() => void tendOnce(), TEND_EVERY_MS).unref();
    void tendOnce();
  }
  return {
    isSigner: signs,
    through: () => newest?.size ?? 0,
    newest: newestAsKept,
    fault: () => fault,
    reach,
    tend: tendOnce,
    close: async () => {
      stopping.abort();
      announcements?.unsubscribe();
      clearInterval(timer);
      await Promise.all([next, tending]);
    },
  };
};

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
