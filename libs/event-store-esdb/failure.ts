import { ErrorType, isCommandError } from '@eventstore/db-client';
import { StoreUnusable } from '#event-store/store-unusable';

/** Why a call did not do what it was asked, as far as it matters here. */
export type Failure =
  | { readonly kind: 'wrong-expected-revision'; readonly actual: bigint | 'no_stream' }
  | { readonly kind: 'append-too-large'; readonly limit: number }
  | { readonly kind: 'access-denied'; readonly reason: string }
  | { readonly kind: 'stream-not-found' }
  | { readonly kind: 'stream-deleted' }
  /** Another node leads now, and the client knows which. */
  | { readonly kind: 'not-leader'; readonly reason: string }
  /** Anything that may be otherwise at the next try: broken off, overloaded, no answer. */
  | { readonly kind: 'interrupted'; readonly reason: string };

const UNAUTHENTICATED = 16;
const PERMISSION_DENIED = 7;

/**
 * Errors come as the client's own classes or, while the server is down, as raw gRPC errors with a
 * code; whatever is not a plain answer counts as interrupted.
 */
export const failureOf = (error: unknown): Failure => {
  if (!(error instanceof Error)) return { kind: 'interrupted', reason: String(error) };
  const reason = error.message;
  if (isCommandError(error)) {
    switch (error.type) {
      case ErrorType.WRONG_EXPECTED_VERSION:
        return { kind: 'wrong-expected-revision', actual: revisionOf(error.actualVersion) };
      case ErrorType.MAXIMUM_APPEND_SIZE_EXCEEDED:
        return { kind: 'append-too-large', limit: error.maxAppendSize };
      case ErrorType.ACCESS_DENIED:
        return { kind: 'access-denied', reason };
      case ErrorType.STREAM_NOT_FOUND:
        return { kind: 'stream-not-found' };
      case ErrorType.STREAM_DELETED:
        return { kind: 'stream-deleted' };
      case ErrorType.NOT_LEADER:
        return { kind: 'not-leader', reason };
      default:
        return { kind: 'interrupted', reason };
    }
  }
  const code = 'code' in error ? error.code : undefined;
  return code === UNAUTHENTICATED || code === PERMISSION_DENIED
    ? { kind: 'access-denied', reason }
    : { kind: 'interrupted', reason };
};

/** The client says −1 or nothing where there is no stream. */
const revisionOf = (actual: unknown): bigint | 'no_stream' =>
  typeof actual === 'bigint' && actual >= 0n ? actual : 'no_stream';

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
    default:
      return new StoreUnusable(
        'unreachable',
        `${cluster} did not answer: ${'reason' in failure ? failure.reason : failure.kind}. See that it runs and can be reached.`,
        `${cluster} 没有应答:${'reason' in failure ? failure.reason : failure.kind}。请确认它在运行且可以连通。`,
        cause,
      );
  }
};
