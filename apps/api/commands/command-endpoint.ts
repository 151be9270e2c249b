import { Inject, Injectable } from '@nestjs/common';
import type { NotRecorded, Recorded } from '#application/commands/command-result';
import type { Execute } from '#application/commands/envelope';
import {
  issueCommands,
  type CommandIds,
  type CommandOf,
} from '#application/commands/issue-commands';
import type { CommandType } from '#ledger/commands';
import type { Ledger } from '#wiring/ledger';
import { actorOf } from '../http/authenticated-request.ts';
import type { Exchange } from '../http/exchange.ts';
import type { Metrics } from '../operations/metrics.ts';
import { Receipts, type Provable } from '../proof/receipts.ts';
import { LEDGER, METRICS } from '../tokens-of-injection.ts';
import type { Occurrence } from './dtos.ts';
import { problemOf } from './not-recorded.ts';
import { validated } from './validate.ts';
import { keyOf, revisionOf } from './write-headers.ts';

/** What a happened command answers: its place in the log, and how provable it is by now. */
export type Receipt = Provable &
  Pick<Recorded, 'outcome' | 'stream' | 'revision' | 'position'> & {
    /** Ids of what the command brought about, such as `paymentId`. */
    readonly ids?: Recorded['ids'];
  };

/** Every write over HTTP: headers and body in, status, ETag and receipt out, or a problem. */
@Injectable()
export class CommandEndpoint {
  readonly #execute: Execute;

  constructor(
    @Inject(LEDGER) ledger: Ledger,
    @Inject(METRICS) metrics: Metrics,
    private readonly receipts: Receipts,
  ) {
    this.#execute = (command, envelope) =>
      metrics.timed(command.type, () => ledger.execute(command, envelope));
  }

  async handle<Type extends CommandType, Dto extends Occurrence>(
    exchange: Exchange,
    type: Type,
    Class: new () => Dto,
    build: (dto: Dto, ids: CommandIds) => CommandOf<Type> | NotRecorded,
  ): Promise<Receipt> {
    const [receipt] = await this.handleAll(exchange, type, Class, (dto, ids) => {
      const built = build(dto, ids);
      return 'kind' in built ? built : [built];
    });
    if (receipt === undefined) throw new Error('A command was answered with nothing.');
    return receipt;
  }

  /** Several that belong together, in order; the first that is refused ends it. */
  async handleAll<Type extends CommandType, Dto extends Occurrence>(
    exchange: Exchange,
    type: Type,
    Class: new () => Dto,
    build: (dto: Dto, ids: CommandIds) => readonly CommandOf<Type>[] | NotRecorded,
  ): Promise<readonly Receipt[]> {
    const { request, reply } = exchange;
    const result = await issueCommands(this.#execute, {
      entry: 'http',
      actor: actorOf(request),
      type,
      read: () => {
        const key = keyOf(request);
        const dto = validated(Class, request.body);
        const { occurredOn } = dto;
        return { key, occurredOn, ...revisionOf(request), build: (ids) => build(dto, ids) };
      },
    });
    if (result.kind !== 'recorded') throw problemOf(result);
    const { recorded } = result;
    const isNew = recorded.some(({ outcome }) => outcome === 'happened');
    void reply.status(isNew ? 201 : 200).header('etag', `"rev-${recorded.at(-1)?.revision}"`);
    return Promise.all(recorded.map((one) => this.receiptOf(one, exchange)));
  }

  /** What is answered of a command that happened. */
  async receiptOf(
    { outcome, stream, revision, position, ids }: Recorded,
    exchange: Exchange,
  ): Promise<Receipt> {
    return {
      ...{ outcome, stream, revision, position },
      ...(Object.keys(ids).length > 0 ? { ids } : {}),
      ...(await this.receipts.provable(position, exchange)),
    };
  }
}
