import { createHash, randomBytes } from 'node:crypto';
import { personText, type Person } from './person.ts';

const SALT_BYTES = 32;

/** Leaves of the log begin with 0x00 and nodes of its tree with 0x01; no commitment can be either. */
const DOMAIN = Buffer.concat([Buffer.from([0x02]), Buffer.from('mingzhang.commitment.v1')]);

export const newSalt = (): Buffer => randomBytes(SALT_BYTES);

/**
 * What an event says of a person: SHA-256(0x02 ‖ "mingzhang.commitment.v1" ‖ salt ‖ canonical JSON), in
 * hexadecimal. Who has salt and data can prove it; who has neither learns nothing from it, though names
 * and ID numbers are few enough to be tried one by one.
 */
export const commitmentTo = (salt: Uint8Array, person: Person): string =>
  createHash('sha256').update(DOMAIN).update(salt).update(personText(person)).digest('hex');
