import { Inject, Injectable } from '@nestjs/common';
import { commandIdOf } from '#event-codec/ids';
import type { CommandType } from '#ledger/commands';
import type { Actor } from '#ledger/context';
import type { LedgerCommand } from '#ledger/ledger-events';
import { refusalSentence } from '#presentation/refusal-sentence';
import type { Refusal } from '#ledger/refusals';
import type { CommandResult, CommandEnvelope } from '#application/commands/execute';
import type { Ledger } from '#wiring/ledger';
import { issuersOf, mayIssue } from '#application/access/permissions';
import { actorOf, type AuthenticatedRequest } from '../auth/auth.guard.ts';
import type { Metrics } from '../operations/metrics.ts';
import { faulty, ProblemException } from '../problems/problem.ts';
import { Receipts, type Provable } from '../proof/receipts.ts';
import { REFUSAL_STATUS } from '../problems/refusal-status.ts';
import { LEDGER, METRICS } from '../tokens-of-injection.ts';
import type { Occurrence } from './dtos.ts';
import type { Exchange } from './exchange.ts';
import { validated } from './validate.ts';

/** What a command needs besides its body: ids that follow from its Idempotency-Key. */
export interface CommandIds {
  readonly idFor: (what: string) => string;
}

/** What a happened command answers. */
export type Receipt = Recorded & Provable;

interface Recorded {
  readonly outcome: 'happened' | 'repeated';
  readonly stream: string;
  readonly revision: number;
  readonly position: number;
  /** Ids of what the command brought about, such as `paymentId`. */
  readonly ids?: Readonly<Record<string, string>>;
}

/** The one way in for every write: permission, key, body, command, answer. */
@Injectable()
export class CommandEndpoint {
  constructor(
    @Inject(LEDGER) private readonly ledger: Ledger,
    @Inject(METRICS) private readonly metrics: Metrics,
    private readonly receipts: Receipts,
  ) {}

  /** One command. */
  async handle<Dto extends Occurrence>(
    exchange: Exchange,
    type: CommandType,
    Class: new () => Dto,
    build: (dto: Dto, ids: CommandIds) => LedgerCommand,
  ): Promise<Receipt> {
    const [receipt] = await this.handleAll(exchange, type, Class, (dto, ids) => [build(dto, ids)]);
    if (receipt === undefined) throw new Error('A command was answered with nothing.');
    return receipt;
  }

  /** Several that belong together, in order; the first that is refused ends it. */
  async handleAll<Dto extends Occurrence>(
    exchange: Exchange,
    type: CommandType,
    Class: new () => Dto,
    build: (dto: Dto, ids: CommandIds) => readonly LedgerCommand[],
  ): Promise<readonly Receipt[]> {
    const { request, reply } = exchange;
    const actor = permitted(actorOf(request), type);
    const key = keyOf(request);
    const dto = validated(Class, request.body);
    const idFor = (what: string) => commandIdOf('http', actor.id, key, what);
    const recorded: Recorded[] = [];
    for (const [index, command] of build(dto, { idFor }).entries()) {
      const commandId = idFor(`command ${index}`);
      const asked = { commandId, actor, occurredOn: dto.occurredOn, ...revisionOf(request) };
      recorded.push(await this.execute(command, asked));
    }
    const last = recorded.at(-1);
    const happened = recorded.some(({ outcome }) => outcome === 'happened');
    void reply.status(happened ? 201 : 200).header('etag', `"rev-${last?.revision}"`);
    return Promise.all(
      recorded.map(async (one) => ({
        ...one,
        ...(await this.receipts.provable(one.position, exchange)),
      })),
    );
  }

  async execute(command: LedgerCommand, asked: CommandEnvelope): Promise<Recorded> {
    const answer = await this.metrics.timed(command.type, () =>
      this.ledger.execute(command, asked),
    );
    if (answer.kind !== 'happened' && answer.kind !== 'repeated') throw toProblem(answer);
    const { stream, kind: outcome } = answer;
    const ids = idsIn(command);
    const place = { revision: Number(answer.revision), position: Number(answer.position) };
    return { outcome, stream, ...place, ...(Object.keys(ids).length > 0 ? { ids } : {}) };
  }
}

export const permitted = (actor: Actor, type: CommandType): Actor => {
  if (mayIssue(actor.role, type)) return actor;
  const roles = issuersOf(type).join('、');
  throw new ProblemException({
    status: 403,
    code: 'role-may-not',
    detail: `角色 ${actor.role} 不能做 ${type};可以做的角色是 ${roles}。`,
    detailEn: `The role ${actor.role} may not ${type}; ${roles} may.`,
  });
};

export const keyOf = ({ headers }: AuthenticatedRequest): string => {
  const key = headers['idempotency-key'];
  if (typeof key === 'string' && key.length > 0 && key.length <= 255) return key;
  throw faulty([
    {
      pointer: 'Idempotency-Key',
      detail: '须有 1 至 255 个字符的 Idempotency-Key,重试时用同一个',
      detailEn: 'An Idempotency-Key of 1 to 255 characters is required; use the same one to retry',
    },
  ]);
};

const revisionOf = ({ headers }: AuthenticatedRequest): { readonly ifRevision?: bigint } => {
  const text = headers['if-match'];
  if (text === undefined) return {};
  const [, revision] = /^"rev-(\d{1,15})"$/.exec(text) ?? [];
  if (revision !== undefined) return { ifRevision: BigInt(revision) };
  const detail = 'If-Match 须写成 "rev-n"';
  throw faulty([{ pointer: 'If-Match', detail, detailEn: 'If-Match must read "rev-n"' }]);
};

/** Ids a later command will name. */
const NAMED_LATER = [
  'requestId',
  'paymentId',
  'announcementId',
  'objectionId',
  'placeId',
  'payeeId',
];

const idsIn = ({ data }: LedgerCommand): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(data).filter(
      ([key, value]) => NAMED_LATER.includes(key) && typeof value === 'string',
    ),
  );

const toProblem = (answer: CommandResult): ProblemException => {
  switch (answer.kind) {
    case 'happened':
    case 'repeated':
      throw new Error('What happened is no problem.');
    case 'refused':
      return refused(answer.refusal);
    case 'conflicting':
      return problem(422, 'same-key-different-content', [
        '这个 Idempotency-Key 已用于另一件事,原记录不变。',
        'This Idempotency-Key was used for something else; what was recorded stays.',
      ]);
    case 'stale':
      return problem(412, 'revision-has-moved-on', [
        '这笔资金已有新的事项,请重新读取后再试。',
        'The stream has moved on; read it again.',
      ]);
    case 'raced':
      return problem(409, 'raced', [
        '同时有别人在改动,请再试一次。',
        'Somebody else wrote first; try again.',
      ]);
    case 'failed':
      return problem(
        503,
        'store-unavailable',
        [
          '存储没有确认;用同一 Idempotency-Key 重试是安全的。',
          'The store did not confirm; retrying with the same Idempotency-Key is safe.',
        ],
        { 'retry-after': '2' },
      );
  }
};

const refused = (refusal: Refusal): ProblemException => {
  const { zh, en } = refusalSentence(refusal);
  return problem(REFUSAL_STATUS[refusal.code], refusal.code, [zh, en]);
};

const problem = (
  status: number,
  code: string,
  [detail, detailEn]: readonly [string, string],
  headers: Readonly<Record<string, string>> = {},
): ProblemException => new ProblemException({ status, code, detail, detailEn, headers });
