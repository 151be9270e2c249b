import type { Command } from 'commander';
import { allocationIdOf } from '#event-codec/ids';
import { findNotice, findPlaceNamed, readAmount } from '../options/names.ts';
import type { Session } from '../session/session.ts';
import { writes, type WriteOptions } from '../write.ts';

interface Options extends WriteOptions {
  readonly notice: string;
  readonly annex: string;
  readonly row: string;
  readonly place: string;
}

export const registerAllocate = (program: Command, session: Session): void => {
  writes('AllocateFunds')<Options>(
    session,
    program
      .command('allocate <amount>')
      .description('下达一行资金 allocate one line of a notice')
      .requiredOption('--notice <number>', '文号 document number')
      .requiredOption('--annex <annex>', '附件')
      .requiredOption('--row <row>', '行')
      .requiredOption('--place <name>', '地点全称'),
    (scene, options, amount = '') => {
      const notice = findNotice(scene.db, options.notice);
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
            placeId: findPlaceNamed(scene.db, options.place).placeId,
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
};
