import type { Environment } from '#event-store-esdb/address';
import type { KeyFiles } from './key-files.ts';

/** What the environment says; every other file gets it as an argument. */
export interface Settings {
  readonly data: string;
  /** `esdb://…` of the cluster that holds the log; the data directory holds it when absent. */
  readonly store?: string | undefined;
  readonly token?: string | undefined;
  readonly host: string;
  readonly port: string;
  /** Where a process that serves publishes checkpoints and tiles. */
  readonly publishTo?: string | undefined;
  readonly keyFiles: KeyFiles;
  /** All of it, for the credentials of a cluster and for the doctor. */
  readonly environment: Environment;
}

/** Reads the settings from an environment, by default that of this process. */
export const readSettings = (environment: Environment = process.env): Settings => ({
  data: environment['MZ_DATA'] ?? './data/ledger',
  store: environment['MZ_STORE'],
  token: environment['MZ_TOKEN'],
  host: environment['MZ_HOST'] ?? '127.0.0.1',
  port: environment['MZ_PORT'] ?? '8420',
  publishTo: environment['MZ_PUBLISH'],
  keyFiles: {
    tokenKey: environment['MZ_SIGNING_KEY_FILE'],
    signerMemory: environment['MZ_SIGNER_MEMORY'],
    vaultKey: environment['MZ_VAULT_KEY_FILE'],
  },
  environment,
});
