import fc from 'fast-check';

/** How many bytes are flipped in a bundle, in a store and in tiles; `MZ_FLIPS=10000` is for all three. */
export const FLIPS = Math.ceil(Number(process.env['MZ_FLIPS'] ?? 300) / 3);

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
