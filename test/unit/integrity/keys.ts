import { COSIGNATURE, SIGNATURE } from '#integrity/key';
import { newSkey, parseSkey, type SigningKey } from '#integrity/signer';

/** Keys of nobody: their seeds are one byte, 32 times. */
const keyFrom = (byte: number, name: string, type: typeof SIGNATURE | typeof COSIGNATURE) =>
  parseSkey(newSkey(name, type, Buffer.alloc(32, byte)));

export const ORIGIN = 'county.example/ledger';
export const AT = 1_717_400_000;

export const logKey: SigningKey = keyFrom(1, ORIGIN, SIGNATURE);
export const nextLogKey: SigningKey = keyFrom(2, ORIGIN, SIGNATURE);
export const foreignKey: SigningKey = keyFrom(3, 'elsewhere.example/log', SIGNATURE);

/** 审计局, 纪委监委 and the bureau above. */
export const audit: SigningKey = keyFrom(4, 'audit.example/w1', COSIGNATURE);
export const discipline: SigningKey = keyFrom(5, 'discipline.example/w2', COSIGNATURE);
export const upper: SigningKey = keyFrom(6, 'upper.example/w3', COSIGNATURE);
