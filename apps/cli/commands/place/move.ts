import type { Command } from 'commander';
import { findPlaceNamed } from '../../options/names.ts';
import type { Session } from '../../session/session.ts';
import { writes, type WriteOptions } from '../../write.ts';

interface Options extends WriteOptions {
  readonly approval: string;
}

export const registerPlaceMove = (place: Command, session: Session): void => {
  writes('ChangePlaceParent')<Options>(
    session,
    place
      .command('move <place> <parent>')
      .description('改隶:村归另一乡镇,乡镇归另一县区 move under another parent')
      .requiredOption('--approval <number>', '批准文号'),
    ({ db }, { approval }, at = '', under = '') => [
      {
        type: 'ChangePlaceParent',
        data: {
          placeId: findPlaceNamed(db, at).placeId,
          parentId: findPlaceNamed(db, under).placeId,
          approval,
        },
      },
    ],
  );
};
