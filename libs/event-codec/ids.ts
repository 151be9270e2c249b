import { hash } from 'node:crypto';
import { canonicalJson } from '#event-store/canonical-json';
import { foldVoucher } from '#ledger/voucher/slip';
import { parse as bytesOfUuid, v5 as uuidV5, v7 as uuidV7 } from 'uuid';

/**
 * Ids that follow from what they name, so that importing the same document again names the same
 * things; and fresh ones for what is entered by hand.
 */
const NAMESPACE = bytesOfUuid(uuidV5('mingzhang', uuidV5.URL));

/** Deterministic: the same parts in the same order give the same UUID (version 5). */
export const idOf = (...parts: readonly string[]): string =>
  uuidV5(Buffer.from(JSON.stringify(parts)), NAMESPACE);

/** A place by its full names from the county down: `['朔城区', '神头镇', '东神头村']`. */
export const placeIdOf = (names: readonly string[]): string => idOf('place', ...names);

export const noticeIdOf = (issuer: string, documentNumber: string): string =>
  idOf('notice', issuer, documentNumber);

/** The next edition of a withdrawn notice; it follows from the edition before it. */
export const nextEditionIdOf = (noticeId: string, edition: number): string =>
  idOf('notice', noticeId, 'edition', `${edition}`);

export const allocationIdOf = (noticeId: string, annex: string, row: number): string =>
  idOf('allocation', noticeId, annex, `${row}`);

/** The command that an import or a key asks for: asking again is the same command. */
export const commandIdOf = (...parts: readonly string[]): string => idOf('command', ...parts);

/** A new id in order of time (UUID version 7). */
export const newId = (): string => uuidV7();

/**
 * A slip of a payment by what makes it the same slip: its number however it is written, its payee and its
 * amount. 64 hexadecimal digits.
 */
export const voucherIdOf = (voucher: string, payeeId: string, amountFen: bigint | number): string =>
  hash(
    'sha256',
    canonicalJson(['payment', foldVoucher(voucher), payeeId, Number(amountFen)]),
    'hex',
  );
