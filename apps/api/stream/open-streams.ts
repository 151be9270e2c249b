import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { firstValueFrom, from, fromEvent, merge, timer } from 'rxjs';
import { filter, map, take } from 'rxjs/operators';
import type { ServerResponse } from 'node:http';
import type { Ledger } from '#wiring/ledger';

const HEARTBEAT_MS = 15_000;

/** The live streams that are open, so that they end when their reader leaves or the server stops. */
@Injectable()
export class OpenStreams implements BeforeApplicationShutdown {
  readonly #open = new Set<AbortController>();

  add(response: ServerResponse): AbortSignal {
    const controller = new AbortController();
    this.#open.add(controller);
    response.once('close', () => {
      controller.abort();
      this.#open.delete(controller);
    });
    return controller.signal;
  }

  /** Waits for more events; every 15 seconds without any, a comment keeps the line open. */
  async nextCommit(
    { log, views }: Ledger,
    after: bigint,
    signal: AbortSignal,
    response: NodeJS.WritableStream,
  ): Promise<void> {
    const more = merge(
      views.commits.pipe(map((position) => BigInt(position) > after)),
      // What was committed between reading and listening.
      from(log.head()).pipe(map((head) => head !== undefined && head > after)),
    ).pipe(filter((isMore) => isMore));
    const stopped = fromEvent(signal, 'abort').pipe(map(() => false));
    const silence = timer(HEARTBEAT_MS).pipe(map(() => 'silence' as const));
    const woken = await firstValueFrom(merge(more, stopped, silence).pipe(take(1)), {
      defaultValue: false,
    });
    if (woken === 'silence') response.write(': \n\n');
  }

  beforeApplicationShutdown(): void {
    for (const controller of this.#open) controller.abort();
    this.#open.clear();
  }
}
