import type { Command } from 'commander';
import { findPlaceNamed } from '../../options/names.ts';
import type { Session } from '../../session/session.ts';
import { writes } from '../../write.ts';

export const registerPlaceMerge = (place: Command, session: Session): void => {
  writes('MergePlace')(
    session,
    place.command('merge <place> <into>').description('合并 merge'),
    ({ db }, _options, at = '', into = '') => [
      {
        type: 'MergePlace',
        data: {
          placeId: findPlaceNamed(db, at).placeId,
          intoPlaceId: findPlaceNamed(db, into).placeId,
        },
      },
    ],
  );
};
