import { Option, type Command } from 'commander';
import type { Asset } from '#ledger/fund/fund-events';
import { findAllocation, readAmount } from '../options/names.ts';
import type { Session } from '../session/session.ts';
import { writes, type WriteOptions } from '../write.ts';

interface Options extends WriteOptions {
  readonly name: string;
  readonly class: Asset['assetClass'];
  readonly keeper: string;
}

export const registerAsset = (program: Command, session: Session): void => {
  writes('RegisterAsset')<Options>(
    session,
    program
      .command('asset <allocation> <value>')
      .description('登记资产 register an asset')
      .requiredOption('--name <name>', '资产名称')
      .addOption(
        new Option('--class <class>', '类别')
          .choices(['operating', 'public', 'household'])
          .makeOptionMandatory(),
      )
      .requiredOption('--keeper <name>', '管护单位'),
    ({ db, idFor }, options, allocation = '', value = '') => {
      const { allocationId } = findAllocation(db, allocation);
      return [
        {
          type: 'RegisterAsset',
          data: {
            allocationId,
            assetId: idFor('asset', allocationId),
            name: options.name,
            assetClass: options.class,
            originalValueFen: readAmount(value),
            keeper: options.keeper,
          },
        },
      ];
    },
  );
};
