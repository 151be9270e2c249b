import type { Command } from 'commander';
import { findPlaceNamed } from '../../options/names.ts';
import type { Session } from '../../session/session.ts';
import { writes } from '../../write.ts';

export const registerPlaceRename = (place: Command, session: Session): void => {
  writes('RenamePlace')(
    session,
    place.command('rename <place> <name>').description('更名 rename'),
    ({ db }, _options, at = '', name = '') => [
      { type: 'RenamePlace', data: { placeId: findPlaceNamed(db, at).placeId, name } },
    ],
  );
};
