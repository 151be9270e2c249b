import type { Inspection } from '#event-store/inspection';
import { TILE_HEIGHT } from '#integrity/tiles';
import type { StoredHash } from '#integrity/tree';
import type { FileFault } from './verification-fault.ts';

/** Holds the hashes kept above the leaves to those that the events give. */
export const openStoredSubtrees = (inspection: Inspection) => {
  const stored = new Map(inspection.subtrees().map((stored) => [nameOf(stored), stored]));
  const faults: FileFault[] = [];
  return {
    /** Hashes that were just completed; of their ranges, one that holds a faulty event is not judged. */
    compare: (completed: readonly StoredHash[], lastFaulty: number): void => {
      for (const subtree of completed) {
        if (subtree.level === 0 || subtree.level % TILE_HEIGHT !== 0) continue;
        const found = stored.get(nameOf(subtree));
        stored.delete(nameOf(subtree));
        const range = rangeOf(subtree);
        if (found?.hash !== subtree.hash && lastFaulty < range.from) faults.push(altered(subtree));
      }
    },
    /** With those that no events give. */
    faults: (): readonly FileFault[] => [...faults, ...[...stored.values()].map(altered)],
  };
};

const nameOf = ({ level, index }: Pick<StoredHash, 'level' | 'index'>): string =>
  `${level}/${index}`;

/** Positions, which count from 1. */
const rangeOf = ({ level, index }: StoredHash) => ({
  from: index * 2 ** level + 1,
  through: (index + 1) * 2 ** level,
});

const altered = (subtree: StoredHash): FileFault => ({
  kind: 'subtree-altered',
  ...rangeOf(subtree),
});
