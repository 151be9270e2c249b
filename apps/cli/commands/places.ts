import type { Command } from 'commander';
import { places, type PlaceEntry } from '#projections/place-directory/query';
import { placeDirectoryView } from '#projections/place-directory/view';
import { withAsOfOptions, withQueryContext, type AsOfOptions } from '../scene.ts';
import { run } from '../session/run.ts';
import type { Session } from '../session/session.ts';

export const registerPlaces = (program: Command, session: Session): void => {
  const { printJson, printTable } = session.terminal;
  withAsOfOptions(program.command('places'), session)
    .description('列出地点 list places')
    .action((options: AsOfOptions) =>
      run(session, options.lang, () =>
        withQueryContext(session, options, [placeDirectoryView], ({ db, reflects }) => {
          const all = places(db);
          if (options.json === true) printJson({ reflects, places: all });
          else printTable(COLUMNS, all);
        }),
      ),
    );
};

const COLUMNS = [
  { title: '地点', of: ({ path }: PlaceEntry) => path.join('/') },
  { title: '级别', of: ({ level }: PlaceEntry) => level },
  { title: '区划代码', of: ({ divisionCode }: PlaceEntry) => divisionCode ?? '' },
  {
    title: '并入',
    of: ({ mergedInto, mergedOn }: PlaceEntry) => (mergedInto === null ? '' : `${mergedOn}`),
  },
];
