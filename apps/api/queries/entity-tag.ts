import { businessDateOf, type BusinessDate } from '#ledger/calendar';
import type { Reflects } from '#history/as-of/as-of-request';

/** The business day it is now. */
export const today = (): BusinessDate => businessDateOf(new Date().toISOString());

/**
 * The tag of an answer: the position it reflects, and the day that it is held against, which is the one
 * asked for, or today. The same position on another day is another answer.
 */
export const etagOf = ({ position, asOf = today() }: Reflects): string =>
  `"pos-${position}-${asOf}"`;

/** Whether `If-None-Match` names a tag: a list of tags, weak ones too, or `*` (RFC 9110 section 13.1.2). */
export const isNoneMatch = (header: string | undefined, etag: string): boolean =>
  header !== undefined &&
  header
    .split(',')
    .map((tag) => tag.trim().replace(/^W\//, ''))
    .some((tag) => tag === etag || tag === '*');
