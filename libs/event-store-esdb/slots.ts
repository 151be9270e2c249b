/** Gives back a place; to do so again has no effect. */
export type Leave = () => void;

/** So many places, given in the order in which they are asked for. */
export const createPlaces = (count: number): (() => Promise<Leave>) => {
  const waiting: (() => void)[] = [];
  let free = count;
  const leaving = (): Leave => {
    let hasLeft = false;
    return () => {
      if (hasLeft) return;
      hasLeft = true;
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    };
  };
  return async () => {
    if (free > 0) free -= 1;
    else await new Promise<void>((turn) => waiting.push(turn));
    return leaving();
  };
};
