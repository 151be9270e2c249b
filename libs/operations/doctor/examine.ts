import { ledgerExists } from '#wiring/ledger';
import { cluster } from './cluster.ts';
import { dataDirectory, disk } from './data-directory.ts';
import type { Finding, Patient } from './diagnosis.ts';
import { heldLedger } from './local-ledger.ts';
import { keys } from './keys.ts';
import { configuration, runtime } from './settings.ts';

/** Looks at everything a ledger needs, changes nothing, and works beside a running service. */
export const examine = async (patient: Patient): Promise<readonly Finding[]> => [
  runtime(),
  ...configuration(patient),
  ...dataDirectory(patient),
  ...(await keys(patient)),
  ...disk(patient),
  ...(patient.address === undefined ? [] : await cluster(patient, patient.address)),
  ...(ledgerExists(patient.directory) ? await heldLedger(patient) : []),
];
