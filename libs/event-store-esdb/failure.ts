import { ErrorType, isCommandError } from '@eventstore/db-client';
import { StoreUnusable } from '#event-store/store-unusable';
import type { Host } from './address.ts';
import { NoLeader } from './discover.ts';
import { NodeUnusable } from './node-unusable.ts';
import { NoAnswer } from './timing.ts';
import type { Outage } from '#event-store/outage';

/** Why a call did not do what it was asked, as far as it matters here. */
export type Failure =
  | { readonly kind: 'wrong-expected-revision'; readonly actual: bigint | 'no_stream' }
  | { readonly kind: 'append-too-large'; readonly limit: number }
  | { readonly kind: 'access-denied'; readonly reason: string }
  | { readonly kind: 'stream-not-found' }
  | { readonly kind: 'stream-deleted' }
  /** The server will not do this, however often it is asked. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** A certificate or a host name is at fault. */
  | { readonly kind: 'misdirected'; readonly reason: string; readonly zh: string }
  /** Anything that may be otherwise at the next try: broken off, overloaded, another leader, no answer. */
  | { readonly kind: 'interrupted'; readonly reason: string; readonly leader?: Host };

/** Codes of gRPC. Those not named here may be otherwise at the next try. */
const INVALID_ARGUMENT = 3;
const PERMISSION_DENIED = 7;
const UNIMPLEMENTED = 12;
const UNAUTHENTICATED = 16;

/**
 * Errors come as the client's own classes or, while the server is down, as raw gRPC errors with a
 * code; the classes, too, know most errors by their code alone.
 */
export const failureOf = (error: unknown): Failure => {
  if (!(error instanceof Error)) return { kind: 'interrupted', reason: String(error) };
  const reason = error.message;
  if (error instanceof NodeUnusable) return { kind: 'misdirected', reason, zh: error.zh };
  if (isCommandError(error)) {
    switch (error.type) {
      case ErrorType.WRONG_EXPECTED_VERSION:
        return { kind: 'wrong-expected-revision', actual: revisionOf(error.actualVersion) };
      case ErrorType.MAXIMUM_APPEND_SIZE_EXCEEDED:
        return { kind: 'append-too-large', limit: error.maxAppendSize };
      case ErrorType.ACCESS_DENIED:
        return { kind: 'access-denied', reason: reason === '' ? 'access denied' : reason };
      case ErrorType.STREAM_NOT_FOUND:
        return { kind: 'stream-not-found' };
      case ErrorType.STREAM_DELETED:
        return { kind: 'stream-deleted' };
      case ErrorType.NOT_LEADER:
        return { kind: 'interrupted', reason, leader: error.leader };
      default:
        return byCode(error.code, reason);
    }
  }
  return byCode('code' in error ? error.code : undefined, reason);
};

const byCode = (code: unknown, reason: string): Failure => {
  switch (code) {
    case PERMISSION_DENIED:
    case UNAUTHENTICATED:
      return { kind: 'access-denied', reason };
    case INVALID_ARGUMENT:
    case UNIMPLEMENTED:
      return { kind: 'refused', reason };
    default:
      return { kind: 'interrupted', reason };
  }
};

/** The client says −1 or nothing where there is no stream. */
const revisionOf = (actual: unknown): bigint | 'no_stream' =>
  typeof actual === 'bigint' && actual >= 0n ? actual : 'no_stream';

/** Whether a call failed because no answer came in time, of the server's own or of ours. */
const isLate = (error: unknown): boolean =>
  error instanceof NoAnswer ||
  (error instanceof Error &&
    isCommandError(error) &&
    (error.type === ErrorType.TIMEOUT || error.type === ErrorType.DEADLINE_EXCEEDED));

/**
 * Whether a call that failed says that no leader can be reached: it had no client, or no answer in
 * time. A node that names another as leader says the opposite.
 */
export const saysAway = (error: unknown, failure: Failure, hadClient: boolean): boolean =>
  isLate(error) || (!hadClient && !('leader' in failure && failure.leader !== undefined));

/** What it says of the cluster that no leader answered. */
export const outageOf = (error: unknown, cluster: string): Outage => {
  const failure = failureOf(error);
  if (failure.kind === 'misdirected') return { en: failure.reason, zh: failure.zh };
  if (error instanceof NoLeader) {
    return {
      en: `${cluster} has no leader: a majority of its nodes is away. Nothing can be recorded until they are back.`,
      zh: `${cluster} 没有主节点:多数节点不可用。恢复之前不能记账。`,
    };
  }
  if (isLate(error)) {
    return {
      en: `${cluster} does not answer in time. Nothing can be recorded until it does.`,
      zh: `${cluster} 没有按时应答。恢复之前不能记账。`,
    };
  }
  return {
    en: `${cluster} cannot be reached. Nothing can be recorded until it can.`,
    zh: `连不上 ${cluster}。恢复之前不能记账。`,
  };
};

/** What a failure means to somebody who cannot go on without an answer. */
export const unusable = (failure: Failure, cluster: string, cause?: unknown): StoreUnusable => {
  switch (failure.kind) {
    case 'access-denied':
      return new StoreUnusable(
        'access-denied',
        `${cluster} refused: ${failure.reason}. Look at user, password and access rights.`,
        `${cluster} 拒绝访问:${failure.reason}。请检查用户、密码和权限。`,
        cause,
      );
    case 'stream-deleted':
      return new StoreUnusable(
        'damaged-file',
        `A stream of the ledger was deleted on ${cluster}. Restore the cluster from its backup.`,
        `${cluster} 上台账的一个流被删除了。请从备份恢复集群。`,
        cause,
      );
    case 'misdirected':
      return new StoreUnusable('unreachable', failure.reason, failure.zh, cause);
    case 'refused':
      return new StoreUnusable(
        'request-refused',
        `${cluster} cannot do what the ledger asks: ${failure.reason}. See that it is an EventStoreDB, and the one this ledger was kept on.`,
        `${cluster} 做不到台账的请求:${failure.reason}。请确认它是 EventStoreDB,并且是本台账所在的集群。`,
        cause,
      );
    default:
      return new StoreUnusable(
        'unreachable',
        `${cluster} did not answer: ${reasonOf(failure)}. See that it runs and can be reached.`,
        `${cluster} 没有应答:${reasonOf(failure)}。请确认它在运行且可以连通。`,
        cause,
      );
  }
};

/** A failure in words, for a log. */
export const reasonOf = (failure: Failure): string =>
  'reason' in failure ? failure.reason : failure.kind;
