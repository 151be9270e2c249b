import { Option, type Command } from 'commander';
import { allocationIdOf } from '#event-codec/ids';
import { notices } from '#projections/allocation-register/query';
import { findAllocation, findPlaceNamed, readAmount } from '../names.ts';
import { badInput } from '../session.ts';
import { writes, type WriteOptions, type WriteContext } from '../write.ts';

const allocationIdIn = ({ db }: WriteContext, name: string): string =>
  findAllocation(db, name).allocationId;

/** 下达, 到账, 核拨, 缴回, 收回, 调整, 分类: what moves money between the county's own hands. */
export const registerFundCommands = (program: Command): void => {
  writes<WriteOptions & { notice: string; annex: string; row: string; place: string }>(
    program
      .command('allocate <amount>')
      .description('下达一行资金 allocate one line of a notice')
      .requiredOption('--notice <number>', '文号 document number')
      .requiredOption('--annex <annex>', '附件')
      .requiredOption('--row <row>', '行')
      .requiredOption('--place <name>', '地点全称'),
    (context, options, amount = '') => {
      const notice = notices(context.db).find(({ noticeId, documentNumber }) =>
        [noticeId, documentNumber].includes(options.notice),
      );
      if (notice === undefined) {
        throw badInput(
          `没有资金文件“${options.notice}”。`,
          `There is no notice “${options.notice}”.`,
        );
      }
      const { noticeId, programme, fiscalYear, batch, fundingLevel } = notice;
      const row = Number(options.row);
      return [
        {
          type: 'AllocateFunds',
          data: {
            allocationId: allocationIdOf(noticeId, options.annex, row),
            noticeId,
            annex: options.annex,
            row,
            placeId: findPlaceNamed(context.db, options.place).placeId,
            amountFen: readAmount(amount),
            programme,
            fiscalYear,
            batch,
            fundingLevel,
          },
        },
      ];
    },
  );

  writes<WriteOptions & { voucher?: string }>(
    program
      .command('arrive <allocation> <amount>')
      .description('到账 funds arrive')
      .option('--voucher <number>', '凭证号'),
    (context, { voucher }, allocation = '', amount = '') => [
      {
        type: 'ReceiveFunds',
        data: {
          allocationId: allocationIdIn(context, allocation),
          amountFen: readAmount(amount),
          ...(voucher === undefined ? {} : { voucher }),
        },
      },
    ],
  );

  writes<WriteOptions & { unit: string; voucher?: string }>(
    program
      .command('release <allocation> <amount>')
      .description('核拨到单位 release to a unit')
      .requiredOption('--unit <name>', '单位')
      .option('--voucher <number>', '凭证号'),
    (context, { unit, voucher }, allocation = '', amount = '') => [
      {
        type: 'ReleaseFunds',
        data: {
          allocationId: allocationIdIn(context, allocation),
          amountFen: readAmount(amount),
          unit,
          ...(voucher === undefined ? {} : { voucher }),
        },
      },
    ],
  );

  writes<WriteOptions & { from: 'treasury' | 'unit'; reason: string }>(
    program
      .command('return <allocation> <amount>')
      .description('缴回 return funds')
      .addOption(
        new Option('--from <account>', '从哪里').choices(['treasury', 'unit']).default('treasury'),
      )
      .requiredOption('--reason <text>', '原因'),
    (context, { from, reason }, allocation = '', amount = '') => [
      {
        type: 'ReturnFunds',
        data: {
          allocationId: allocationIdIn(context, allocation),
          amountFen: readAmount(amount),
          from,
          reason,
        },
      },
    ],
  );

  writes<WriteOptions & { approval: string }>(
    program
      .command('recall <allocation> <amount>')
      .description('收回未到账指标 recall quota that has not arrived')
      .requiredOption('--approval <number>', '批准文号'),
    (context, { approval }, allocation = '', amount = '') => [
      {
        type: 'RecallAllocation',
        data: {
          allocationId: allocationIdIn(context, allocation),
          amountFen: readAmount(amount),
          approval,
        },
      },
    ],
  );

  writes<WriteOptions & { approval: string }>(
    program
      .command('adjust <from> <to> <amount>')
      .description('调减一笔、调增另一笔 adjust a pair of allocations')
      .requiredOption('--approval <number>', '批准文号'),
    (context, { approval }, from = '', to = '', amount = '') => {
      const [less, more] = [allocationIdIn(context, from), allocationIdIn(context, to)];
      const pair = {
        adjustmentId: context.idFor('adjustment'),
        amountFen: readAmount(amount),
        approval,
      };
      return [
        {
          type: 'AdjustAllocation',
          data: {
            ...pair,
            allocationId: less,
            direction: 'decrease',
            counterpartAllocationId: more,
          },
        },
        {
          type: 'AdjustAllocation',
          data: {
            ...pair,
            allocationId: more,
            direction: 'increase',
            counterpartAllocationId: less,
          },
        },
      ];
    },
  );

  writes<WriteOptions & { ground: string }>(
    program
      .command('classify <allocation> <type>')
      .description('归类 classify an allocation')
      .requiredOption('--ground <text>', '依据'),
    (context, { ground }, allocation = '', projectType = '') => [
      {
        type: 'ClassifyAllocation',
        data: { allocationId: allocationIdIn(context, allocation), projectType, ground },
      },
    ],
  );
};
