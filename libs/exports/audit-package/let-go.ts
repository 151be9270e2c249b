import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** What is done between two collections leaves a few dozen megabytes behind. */
const STEPS = 10_000;

/**
 * Keeps the memory of long work near what it needs: 170 MB for a million events. Left alone, V8
 * grows by several hundred megabytes of garbage while the machine has room, and an office computer
 * runs other things as well. Answers what to call after so many events or rows.
 */
export const openLettingGo = (): ((steps: number) => void) => {
  // New objects keep the room they have; by itself it becomes a hundred megabytes.
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  let since = 0;
  return (steps) => {
    since += steps;
    if (since < STEPS) return;
    since = 0;
    collect();
  };
};
