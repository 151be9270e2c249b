import type { Command } from 'commander';
import { findPlaceNamed } from '../../options/names.ts';
import type { Session } from '../../session/session.ts';
import { writes } from '../../write.ts';

export const registerPlaceCode = (place: Command, session: Session): void => {
  writes('AssignPlaceCode')(
    session,
    place.command('code <place> <code>').description('区划代码 assign a code'),
    ({ db }, _options, at = '', code = '') => [
      {
        type: 'AssignPlaceCode',
        data: { placeId: findPlaceNamed(db, at).placeId, divisionCode: code },
      },
    ],
  );
};
