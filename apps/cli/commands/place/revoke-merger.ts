import type { Command } from 'commander';
import { findPlaceNamed } from '../../options/names.ts';
import type { Session } from '../../session/session.ts';
import { writes, type WriteOptions } from '../../write.ts';

interface Options extends WriteOptions {
  readonly reason: string;
  readonly approval: string;
}

export const registerPlaceRevokeMerger = (place: Command, session: Session): void => {
  writes('RevokePlaceMerger')<Options>(
    session,
    place
      .command('revoke-merger <place>')
      .description('撤销并入 take back the merger of a place')
      .requiredOption('--reason <text>', '原因')
      .requiredOption('--approval <number>', '批准文号'),
    ({ db }, { reason, approval }, at = '') => [
      {
        type: 'RevokePlaceMerger',
        data: { placeId: findPlaceNamed(db, at).placeId, reason, approval },
      },
    ],
  );
};
