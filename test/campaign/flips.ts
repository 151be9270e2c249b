import { fc, times } from '../support/property.ts';

/** How many bytes are flipped in a bundle, in a store and in tiles: a third of all in each. */
export const FLIPS = Math.ceil(times(300, 300, 10_000) / 3);

/** A byte becomes any other. */
export interface Flip {
  readonly at: number;
  readonly by: number;
}

export const flipAnywhere = (length: number): fc.Arbitrary<Flip> =>
  fc.record({ at: fc.nat(length - 1), by: fc.integer({ min: 1, max: 255 }) });

export const flipped = (bytes: Uint8Array, { at, by }: Flip): Buffer => {
  const changed = Buffer.from(bytes);
  changed[at] = (changed[at] ?? 0) ^ by;
  return changed;
};
