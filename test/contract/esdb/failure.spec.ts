import { describe, expect, test } from '@jest/globals';
import { UnknownError } from '@eventstore/db-client';
import { status } from '@grpc/grpc-js';
import { failureOf } from '#event-store-esdb/failure';
import { rpcError } from '../../support/esdb-double/messages.ts';

describe('an error of gRPC', () => {
  test.each([
    ['UNAUTHENTICATED', status.UNAUTHENTICATED, 'access-denied'],
    ['PERMISSION_DENIED', status.PERMISSION_DENIED, 'access-denied'],
    ['INVALID_ARGUMENT', status.INVALID_ARGUMENT, 'refused'],
    ['UNIMPLEMENTED', status.UNIMPLEMENTED, 'refused'],
    ['UNAVAILABLE', status.UNAVAILABLE, 'interrupted'],
    ['DEADLINE_EXCEEDED', status.DEADLINE_EXCEEDED, 'interrupted'],
    ['RESOURCE_EXHAUSTED', status.RESOURCE_EXHAUSTED, 'interrupted'],
    ['ABORTED', status.ABORTED, 'interrupted'],
    ['CANCELLED', status.CANCELLED, 'interrupted'],
    ['INTERNAL', status.INTERNAL, 'interrupted'],
  ] as const)('%s is understood raw and as the client gives it', (_name, code, kind) => {
    const raw = rpcError(code, 'as it is');
    expect(failureOf(raw)).toEqual({ kind, reason: 'as it is' });
    expect(failureOf(new UnknownError(raw))).toEqual({ kind, reason: 'as it is' });
  });

  test('that is no error at all counts as interrupted', () => {
    expect(failureOf('torn')).toEqual({ kind: 'interrupted', reason: 'torn' });
  });
});
