import type { AuthenticatedRequest } from '../http/authenticated-request.ts';
import { faulty } from '../problems/problem.ts';

/** The Idempotency-Key of a write: 1 to 255 characters, or a problem. */
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

/** The revision that If-Match names, if it is there. */
export const revisionOf = ({ headers }: AuthenticatedRequest): { readonly ifRevision?: bigint } => {
  const text = headers['if-match'];
  if (text === undefined) return {};
  const [, revision] = /^"rev-(\d{1,15})"$/.exec(text) ?? [];
  if (revision !== undefined) return { ifRevision: BigInt(revision) };
  const detail = 'If-Match 须写成 "rev-n"';
  throw faulty([{ pointer: 'If-Match', detail, detailEn: 'If-Match must read "rev-n"' }]);
};
