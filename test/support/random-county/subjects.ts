import type { Random } from './random-commands.ts';

type Named = Readonly<Record<string, string>>;

/** What commands can name, as the answers so far gave the ids: a request with its allocation, a payment … */
export interface Subjects {
  /** A subject that has all of the ids, or ids chosen one by one where none has. */
  readonly having: (random: Random, names: readonly string[]) => Named;
  readonly one: (random: Random, name: string) => string;
  readonly add: (subject: Named) => void;
}

/** Half of the time one of those that were named first, so that much happens to some. */
const chosen = (random: Random, known: readonly Named[]): Named | undefined =>
  random(2) === 0 ? known[random(Math.min(known.length, 20))] : known[random(known.length)];

export const newSubjects = (): Subjects => {
  const byName = new Map<string, Named[]>();
  const one = (random: Random, name: string): string => {
    return chosen(random, byName.get(name) ?? [])?.[name] ?? 'never-heard-of';
  };
  return {
    one,
    having: (random, names) => {
      const rarest = [...names].sort(
        (left, right) => (byName.get(left)?.length ?? 0) - (byName.get(right)?.length ?? 0),
      )[0];
      const known = (byName.get(rarest ?? '') ?? []).filter((subject) =>
        names.every((name) => name in subject),
      );
      return (
        chosen(random, known) ?? Object.fromEntries(names.map((name) => [name, one(random, name)]))
      );
    },
    add: (subject) => {
      for (const name of Object.keys(subject)) {
        const known = byName.get(name);
        if (known === undefined) byName.set(name, [subject]);
        else known.push(subject);
      }
    },
  };
};
