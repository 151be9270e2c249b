import type { Command } from 'commander';
import { placeIdOf } from '#event-codec/ids';
import type { ReadDatabase } from '#projections/engine/read-database';
import { findPlace } from '#projections/place-directory/query';
import { badInput } from '../../session/exit-codes.ts';
import type { Session } from '../../session/session.ts';
import { writes, type WriteOptions } from '../../write.ts';

export const registerPlaceAdd = (place: Command, session: Session): void => {
  writes('RegisterPlace')<WriteOptions & { code?: string }>(
    session,
    place
      .command('add <path>')
      .description('登记地点,如 朔城区/神头镇/东神头村 register a place')
      .option('--code <code>', '区划代码'),
    ({ db, on }, { code }, path = '') => {
      const names = path.split('/');
      const level = (['county', 'town', 'village'] as const)[names.length - 1];
      if (level === undefined)
        throw badInput('地点应写县区/乡镇/村。', 'Write county/town/village.');
      return [
        {
          type: 'RegisterPlace',
          data: {
            placeId: placeIdOf(names),
            level,
            name: names.at(-1) ?? '',
            validFrom: on,
            ...(names.length > 1 ? { parentId: parentIdOf(db, names.slice(0, -1)) } : {}),
            ...(code === undefined ? {} : { divisionCode: code }),
          },
        },
      ];
    },
  );
};

/** The place that a path names, whatever its id; else the id under which that path would be registered. */
const parentIdOf = (db: ReadDatabase, path: readonly string[]): string => {
  const found = findPlace(db, path.join('/'));
  return found.kind === 'found' ? found.place.placeId : placeIdOf(path);
};
