import { globSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { basename, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beginSpec, declaredExamples, type Example } from './globals.ts';

/** The rooms under mutation and the specs that are their rule book, those that take longest at the end. */
const SPECS_OF_ROOM = {
  'libs/ledger/': { specs: 'test/unit/ledger/*.spec.ts', long: ['four-outcomes'] },
  'libs/integrity/': {
    specs: 'test/unit/integrity/*.spec.ts',
    long: ['proofs', 'strict', 'tiles'],
  },
};

/** The specs of every room that has a file among these. */
export const specsFor = (mutated: readonly string[]): readonly string[] => {
  const files = mutated.map((file) => relative(process.cwd(), file));
  return Object.entries(SPECS_OF_ROOM)
    .filter(([room]) => files.some((file) => file.startsWith(room)))
    .flatMap(([, { specs, long }]) => {
      const rank = (spec: string) => long.indexOf(basename(spec, '.spec.ts'));
      return globSync(specs).sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
    });
};

const GLOBALS = new URL('./globals.ts', import.meta.url).href;

/** The modules of one generation know each other and none of another. */
let generation: number | undefined;
let generations = 0;

registerHooks({
  resolve: (specifier, context, next) => {
    if (specifier === '@jest/globals') return { url: GLOBALS, shortCircuit: true };
    const resolved = next(specifier, context);
    if (generation === undefined || !isOurs(resolved.url)) return resolved;
    return { ...resolved, url: `${resolved.url}?generation=${generation}` };
  },
});

/** Whether a module is of this copy of the repository; Stryker enters it after this file has loaded. */
const isOurs = (url: string): boolean =>
  ['libs/', 'test/'].some((folder) => url.startsWith(pathToFileURL(folder).href));

/** Loads all modules anew for what is imported meanwhile, and goes back to the first ones afterwards. */
export const inNewGeneration = async <Result>(run: () => Promise<Result>): Promise<Result> => {
  generation = generations += 1;
  try {
    return await run();
  } finally {
    generation = undefined;
  }
};

let bodies = 0;

/** Runs the body of a spec, as often as it is asked for, and answers with its examples in order. */
export const examplesOf = async (spec: string): Promise<readonly Example[]> => {
  beginSpec(spec);
  bodies += 1;
  await import(`${pathToFileURL(spec).href}?body=${bodies}`);
  return declaredExamples();
};
