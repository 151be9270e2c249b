import { ledgerExists } from '#wiring/ledger';
import { cluster } from './cluster.ts';
import { dataDirectory, disk } from './data-directory.ts';
import type { Diagnosis, DoctorInput } from './diagnosis.ts';
import { localLedger } from './local-ledger.ts';
import { keys } from './keys.ts';
import { configuration, runtime } from './settings.ts';

/** Looks at everything a ledger needs, changes nothing, and works beside a running service. */
export const examine = async (input: DoctorInput): Promise<readonly Diagnosis[]> => [
  runtime(),
  ...configuration(input),
  ...dataDirectory(input),
  ...(await keys(input)),
  ...disk(input),
  ...(input.address === undefined ? [] : await cluster(input, input.address)),
  ...(ledgerExists(input.directory) ? await localLedger(input) : []),
];
