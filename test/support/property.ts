import { test } from '@jest/globals';
import fc from 'fast-check';

/**
 * How often something is tried: `desk` times in `npm test`, `campaign` times in `npm run
 * test:campaign`, which also runs every spec that imports this file, and `full` times in that with
 * `MZ_CAMPAIGN=full`. Mutation testing runs the specs once for each mutant, with `MZ_CAMPAIGN=few`.
 */
export const times = (desk: number, campaign: number, full: number = campaign): number => {
  const setting = process.env['MZ_CAMPAIGN'];
  if (setting === undefined) return desk;
  if (setting === 'few') return Math.ceil(desk / 4);
  return setting === 'full' ? full : campaign;
};

/** Whether this is the campaign: for what only it tries, or tries in a dearer way. */
export const isCampaign = times(0, 1) === 1;

/** A test that is run in the campaign only, because a process or a cluster is started for it. */
export const inCampaign = isCampaign ? test : test.skip;

/** Rows of a table of examples that only the campaign goes through. */
export const campaignOnly = <Row>(rows: readonly Row[]): readonly Row[] => (isCampaign ? rows : []);

// One seed a run, printed at its start by jest.config.js; MZ_SEED repeats a run.
fc.configureGlobal({
  seed: Number(process.env['MZ_SEED']),
  numRuns: times(100, 1_000),
  includeErrorInReport: true,
});

export { fc };
