import type { VerificationFault } from '#transparency-log/verify/verification-fault';
import { VERIFIED } from './exit-codes.ts';

/** The gravest first: an event or a tree that differs, then a history that was rewritten, then a signature. */
export const exitCodeOf = (faults: readonly VerificationFault[]): number => {
  const codes = faults.map(({ kind }) => CODES[kind]);
  return GRAVEST_FIRST.find((code) => codes.includes(code)) ?? 0;
};

const GRAVEST_FIRST = [VERIFIED.rootMismatch, VERIFIED.rewritten, VERIFIED.signature];

const CODES: Readonly<Record<VerificationFault['kind'], number>> = {
  'event-altered': VERIFIED.rootMismatch,
  'leaf-altered': VERIFIED.rootMismatch,
  'row-altered': VERIFIED.rootMismatch,
  unreadable: VERIFIED.rootMismatch,
  missing: VERIFIED.rootMismatch,
  'subtree-altered': VERIFIED.rootMismatch,
  'file-damaged': VERIFIED.rootMismatch,
  'root-differs': VERIFIED.rootMismatch,
  'tile-altered': VERIFIED.rootMismatch,
  'tile-missing': VERIFIED.rootMismatch,
  'tile-foreign': VERIFIED.rootMismatch,
  'cut-short': VERIFIED.rewritten,
  forked: VERIFIED.rewritten,
  'checkpoint-differs': VERIFIED.rewritten,
  'signature-invalid': VERIFIED.signature,
  'checkpoint-unreadable': VERIFIED.signature,
  'checkpoint-unsigned': VERIFIED.signature,
};
