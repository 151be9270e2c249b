import type { Command } from 'commander';
import { places } from '#application/queries/places';
import type { PlaceEntry } from '#projections/place-directory/query';
import { withQuestions } from '../ask.ts';
import { withAsOfOptions, type AsOfOptions } from '../options/as-of.ts';
import { run } from '../session/run.ts';
import type { Session } from '../session/session.ts';

export const registerPlaces = (program: Command, session: Session): void => {
  const { printJson, printTable } = session.terminal;
  withAsOfOptions(program.command('places'), session)
    .description('列出地点 list places')
    .action((options: AsOfOptions) =>
      run(session, options.lang, () =>
        withQuestions(session, options, async (ask) => {
          const { answer, reflects } = await ask(places, () => ({}));
          if (options.json === true) printJson({ reflects, ...answer });
          else printTable(COLUMNS, answer.places);
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
