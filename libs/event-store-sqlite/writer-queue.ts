import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { AppendOutcome } from '#event-store/port';
import type { AppendRequest } from './append-group.ts';
import {
  packRequests,
  unpackOutcomes,
  type OutcomePacket,
  type WriterMessage,
} from './append-packet.ts';
import type { WriterSetting } from './writer-worker.ts';

interface Waiting {
  readonly request: AppendRequest;
  readonly answer: (outcome: AppendOutcome) => void;
}

/** Groups under way: while one is made durable the next is ready for the writer. */
const GROUPS_UNDER_WAY = 2;
/** As many events share a commit well enough not to wait for others. */
const FULL_GROUP = 2_000;

/**
 * Appends on their way to the writer, which works in a thread of its own, so that waiting for the disk
 * holds up nothing else. While groups are being made durable the next one gathers: the more writers,
 * the more events a commit carries. A group takes its share of those waiting, not all of them, so that
 * one group is decided while another is written.
 */
export class WriterQueue {
  readonly #worker: Worker;
  readonly #onCommit: () => void;
  readonly #exited: Promise<void>;
  readonly #gathering: Waiting[] = [];
  readonly #underWay: Waiting[][] = [];
  #unanswered = 0;
  #gatheredEvents = 0;
  #stopped: string | undefined;

  constructor(setting: WriterSetting, onCommit: () => void) {
    this.#onCommit = onCommit;
    this.#worker = startWorker(setting);
    this.#worker.on('message', (reply: OutcomePacket) => this.#answer(reply));
    this.#worker.on('error', (error: Error) => this.#stop(error.message));
    this.#exited = new Promise((resolve) => {
      this.#worker.on('exit', () => {
        this.#stop('The store is closed.');
        resolve();
      });
    });
  }

  /** What an append gets for an answer once the writer has ended; undefined before. */
  stopped(): AppendOutcome | undefined {
    return this.#stopped === undefined
      ? undefined
      : { kind: 'unavailable', outcome: 'not-applied', reason: this.#stopped };
  }

  /** Gathers a request with others that may come; answers when its commit is durable. */
  add(request: AppendRequest): Promise<AppendOutcome> {
    return new Promise((answer) => {
      this.#gathering.push({ request, answer });
      this.#unanswered += 1;
      this.#gatheredEvents += request.events.length;
      const isShare = this.#gathering.length >= this.#unanswered / (GROUPS_UNDER_WAY + 1);
      const hasRoom = this.#underWay.length < GROUPS_UNDER_WAY;
      if ((hasRoom && isShare) || this.#gatheredEvents >= FULL_GROUP) this.#send();
    });
  }

  /** Appends all requests in one commit, or none. Answers for the last. */
  addWholly(requests: readonly AppendRequest[]): Promise<AppendOutcome> {
    return new Promise((answer) => {
      const last = requests.length - 1;
      this.#unanswered += requests.length;
      this.#post(
        requests.map((request, index) => ({ request, answer: index === last ? answer : ignore })),
        true,
      );
    });
  }

  close(): Promise<void> {
    if (this.#stopped === undefined) this.#worker.postMessage('close');
    return this.#exited;
  }

  #send(): void {
    if (this.#gathering.length === 0 || this.#stopped !== undefined) return;
    const group = this.#gathering.splice(0, Math.ceil(this.#unanswered / GROUPS_UNDER_WAY));
    this.#gatheredEvents -= eventsIn(group);
    this.#post(group, false);
  }

  #post(group: Waiting[], wholly: boolean): void {
    const packet = packRequests(group.map(({ request }) => request));
    const message: WriterMessage = { packet, wholly };
    this.#worker.postMessage(message);
    this.#underWay.push(group);
  }

  #answer(reply: OutcomePacket): void {
    const answered = this.#underWay.shift() ?? [];
    const outcomes = unpackOutcomes(reply);
    this.#unanswered -= answered.length;
    this.#send();
    this.#onCommit();
    for (const [index, { answer }] of answered.entries()) answer(outcomes[index] ?? NO_ANSWER);
  }

  #stop(reason: string): void {
    this.#stopped ??= reason;
    for (const { answer } of this.#underWay.splice(0).flat()) {
      answer({ kind: 'unavailable', outcome: 'unknown', reason });
    }
    for (const { answer } of this.#gathering.splice(0)) {
      answer({ kind: 'unavailable', outcome: 'not-applied', reason });
    }
  }
}

const NO_ANSWER: AppendOutcome = { kind: 'unavailable', outcome: 'unknown', reason: 'no answer' };

const eventsIn = (group: readonly Waiting[]): number =>
  group.reduce((sum, { request }) => sum + request.events.length, 0);

/** The worker of the same room, from source (.ts) or built (.js). */
const startWorker = (setting: WriterSetting): Worker => {
  const extension = extname(new URL(import.meta.url).pathname);
  const fromSource = extension === '.ts';
  return new Worker(new URL(`./writer-worker${extension}`, import.meta.url), {
    workerData: setting,
    execArgv: fromSource ? ['--conditions=source', '--disable-warning=ExperimentalWarning'] : [],
  });
};

const ignore = (): void => undefined;
