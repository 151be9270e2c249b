import { Option, type Command } from 'commander';
import type { Asset } from '#ledger/fund/fund-events';
import { findAllocation, readAmount } from '../names.ts';
import { badInput } from '../session.ts';
import { writes, type WriteOptions, type WriteContext } from '../write.ts';

const MILESTONES = {
  start: ['StartProject', '开工 start'],
  complete: ['CompleteProject', '完工 complete'],
  accept: ['AcceptProject', '验收 accept'],
  close: ['CloseAllocation', '结项 close'],
} as const;

const idIn = ({ db }: WriteContext, name: string): string => findAllocation(db, name).allocationId;

/** 开工, 完工, 验收, 结项, 资产, 收益. */
export const registerProjectCommands = (program: Command): void => {
  const project = program.command('project').description('项目进展 milestones of a project');
  for (const [name, [type, description]] of Object.entries(MILESTONES)) {
    writes(
      project.command(`${name} <allocation>`).description(description),
      (context, _o, allocation = '') => [
        { type, data: { allocationId: idIn(context, allocation) } },
      ],
    );
  }

  writes<WriteOptions & { name: string; class: Asset['assetClass']; keeper: string }>(
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
    (context, options, allocation = '', value = '') => [
      {
        type: 'RegisterAsset',
        data: {
          allocationId: idIn(context, allocation),
          assetId: context.idFor('asset'),
          name: options.name,
          assetClass: options.class,
          originalValueFen: readAmount(value),
          keeper: options.keeper,
        },
      },
    ],
  );

  writes<WriteOptions & { households: string }>(
    program
      .command('benefit <allocation> <amount>')
      .description('收益分配 distribute a benefit')
      .requiredOption('--households <n>', '户数'),
    (context, { households }, allocation = '', amount = '') => {
      if (!/^[1-9]\d{0,6}$/.test(households)) {
        throw badInput(
          `户数“${households}”不是正整数。`,
          `“${households}” is no number of households.`,
        );
      }
      return [
        {
          type: 'DistributeBenefit',
          data: {
            allocationId: idIn(context, allocation),
            amountFen: readAmount(amount),
            households: Number(households),
            distributedOn: context.on,
          },
        },
      ];
    },
  );
};
