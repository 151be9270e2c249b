import type { Command } from 'commander';
import { clockTimeOf } from '#ledger/calendar';
import { allocationRegisterView } from '#projections/allocation-register/view';
import { correctionsView } from '#projections/corrections/view';
import { placeDirectoryView } from '#projections/place-directory/view';
import { presentJournal, type JournalEntryView } from '#presentation/questions/journal';
import { journal } from '#projections/journal/query';
import { findAllocation, findPlaceNamed, readCount } from '../options/names.ts';
import { withAsOfOptions, withQueryContext, type AsOfOptions } from '../scene.ts';
import { run } from '../session/run.ts';
import type { Session } from '../session/session.ts';

interface Options extends AsOfOptions {
  readonly allocation?: string;
  readonly place?: string;
  readonly type?: string;
  readonly from: string;
  readonly limit: string;
}

const VIEWS = [correctionsView, placeDirectoryView, allocationRegisterView];

export const registerJournal = (program: Command, session: Session): void => {
  const { print, printJson, printTable } = session.terminal;
  withAsOfOptions(program.command('journal'), session)
    .description('逐笔日志,更正相连 journal of events with corrections linked')
    .option('--allocation <name>', '一笔资金 one allocation')
    .option('--place <name>', '一个地点 one place')
    .option('--type <type>', '一种事件 one event type')
    .option('--from <position>', '从哪个位置起 first position', '1')
    .option('--limit <n>', '最多多少条 at most', '100')
    .action((options: Options) =>
      run(session, options.lang, () =>
        withQueryContext(session, options, VIEWS, async ({ db, store, asOf, reflects }) => {
          const { type } = options;
          const found = await journal(store, db, {
            from: readCount(options.from),
            limit: readCount(options.limit),
            ...(asOf === undefined ? {} : { within: asOf }),
            ...(type === undefined ? {} : { type }),
            ...(options.allocation === undefined
              ? {}
              : { allocationId: findAllocation(db, options.allocation).allocationId }),
            ...(options.place === undefined
              ? {}
              : { placeId: findPlaceNamed(db, options.place).placeId }),
          });
          const page = presentJournal(found);
          if (options.json === true) {
            return printJson({ reflects, ...page });
          }
          printTable(columns(options.lang), page.entries);
          if (page.next !== undefined) print(`\n还有更多:--from ${page.next}`);
        }),
      ),
    );
};

const columns = (lang: 'zh' | 'en') => [
  { title: '位置', of: ({ position }: JournalEntryView) => `${position}`, align: 'right' as const },
  { title: '业务日期', of: ({ occurredOn }: JournalEntryView) => occurredOn },
  {
    title: '记账时刻',
    of: ({ recordedAt }: JournalEntryView) => clockTimeOf(recordedAt),
  },
  { title: '经手', of: ({ actor }: JournalEntryView) => `${actor.id}(${actor.role})` },
  { title: '事项', of: ({ sentence }: JournalEntryView) => sentence[lang] },
  {
    title: '更正',
    of: ({ corrects, correctedBy }: JournalEntryView) =>
      [
        ...corrects.map(({ eventId }) => `← ${eventId?.slice(0, 8) ?? '未写明'}`),
        ...correctedBy.map(({ eventId }) => `→ ${eventId?.slice(0, 8) ?? ''}`),
      ].join(' '),
  },
];
