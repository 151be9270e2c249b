import { Option, type Command } from 'commander';
import { resolve } from 'node:path';
import { ledgerExists, type LedgerOptions } from '#wiring/ledger';
import type { Session } from './session.ts';

export interface CommonOptions {
  readonly data: string;
  /** `esdb://…` of the cluster that holds the ledger; `data` holds it when absent. */
  readonly store?: string;
  readonly json?: boolean;
  readonly lang: 'zh' | 'en';
}

/** The options every command has. */
export const withCommonOptions = (command: Command, { settings }: Session): Command =>
  command
    .option('--data <dir>', '数据目录 data directory', settings.data)
    // From the environment, but never shown: an address may carry a password.
    .option(
      '--store <address>',
      '集群 esdb://…(不写则台账就在数据目录) cluster that holds the ledger (env: MZ_STORE)',
    )
    .option('--json', '输出一个 JSON 文档 print one JSON document')
    .option('--lang <lang>', 'zh 或 en', 'zh');

export const tokenOption = (): Option =>
  new Option('--token <token>', '令牌 token (env: MZ_TOKEN)');

/** Gives a command what the environment says of options that were not written. */
export const fillFromSettings = (command: Command, { store, token }: Session['settings']): void => {
  for (const [name, value] of Object.entries({ store, token })) {
    const isTaken = command.options.some((option) => option.attributeName() === name);
    if (isTaken && value !== undefined && command.getOptionValue(name) === undefined) {
      command.setOptionValueWithSource(name, value, 'env');
    }
  }
};

/** Where the ledger is, as its options say. */
export const placeOf = ({
  data,
  store,
}: CommonOptions): Pick<LedgerOptions, 'directory' | 'address'> => ({
  directory: resolve(data),
  ...(store === undefined ? {} : { address: store }),
});

/** Whether there is a ledger to be read; what a cluster holds is seen when it is asked. */
export const isThere = ({ data, store }: CommonOptions): boolean =>
  store !== undefined || ledgerExists(resolve(data));
