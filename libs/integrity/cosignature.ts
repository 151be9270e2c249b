import { SIGNATURE_BYTES } from './ed25519.ts';

/** A statement of a witness: at this time, this was the largest tree it knew of the log. */
export interface Cosignature {
  readonly posixSeconds: number;
  readonly signature: Uint8Array;
}

const TIME_BYTES = 8;

/** What is signed, c2sp.org/tlog-cosignature, Ed25519 signed message. */
export const cosignedText = (checkpointText: string, posixSeconds: number): string =>
  `cosignature/v1\ntime ${posixSeconds}\n${checkpointText}`;

/** `timestamped_signature`: the time as a big-endian uint64, then the signature. */
export const cosignatureBytes = ({ posixSeconds, signature }: Cosignature): Buffer => {
  const time = Buffer.alloc(TIME_BYTES);
  time.writeBigUInt64BE(BigInt(posixSeconds));
  return Buffer.concat([time, signature]);
};

/** Undefined when these are not the bytes of one, or of a time beyond 2^53 − 1. */
export const readCosignature = (bytes: Uint8Array): Cosignature | undefined => {
  if (bytes.length !== TIME_BYTES + SIGNATURE_BYTES) return undefined;
  const posixSeconds = Number(Buffer.from(bytes).readBigUInt64BE());
  if (!Number.isSafeInteger(posixSeconds)) return undefined;
  return { posixSeconds, signature: bytes.subarray(TIME_BYTES) };
};
