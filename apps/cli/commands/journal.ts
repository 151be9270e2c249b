import type { Command } from 'commander';
import { journal } from '#application/queries/journal';
import type { JournalEntryView } from '#presentation/questions/journal';
import { withQuestions } from '../ask.ts';
import { withAsOfOptions, type AsOfOptions } from '../options/as-of.ts';
import { clockTimeOf } from '#ledger/calendar';
import { findAllocation, findPlaceNamed, readCount } from '../options/names.ts';
import { run } from '../session/run.ts';
import type { Session } from '../session/session.ts';

interface Options extends AsOfOptions {
  readonly allocation?: string;
  readonly place?: string;
  readonly type?: string;
  readonly from: string;
  readonly limit: string;
}

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
        withQuestions(session, options, async (ask) => {
          const { type, allocation, place } = options;
          const { answer, reflects } = await ask(journal, ({ db }) => ({
            from: readCount(options.from),
            limit: readCount(options.limit),
            ...(type === undefined ? {} : { type }),
            ...(allocation === undefined
              ? {}
              : { allocationId: findAllocation(db, allocation).allocationId }),
            ...(place === undefined ? {} : { placeId: findPlaceNamed(db, place).placeId }),
          }));
          if (options.json === true) return printJson({ reflects, ...answer });
          printTable(columns(options.lang), answer.entries);
          if (answer.next !== undefined) print(`\n还有更多:--from ${answer.next}`);
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
        ...corrects.map(({ kind, eventId }) => `${LINKS[kind].of} ${short(eventId)}`),
        ...correctedBy.map(({ kind, eventId }) => `${LINKS[kind].by(short(eventId))}`),
      ].join(';'),
  },
];

const short = (eventId: string | undefined): string => eventId?.slice(0, 8) ?? '(未写明)';

/** How an event names what it corrects, and how it names what corrects it. */
const LINKS = {
  reversal: { of: '冲销', by: (id: string) => `已由 ${id} 冲销` },
  withdrawal: { of: '撤回', by: (id: string) => `已由 ${id} 撤回` },
  edition: { of: '上一版', by: (id: string) => `下一版 ${id}` },
  adjustment: { of: '对应', by: (id: string) => `对应 ${id}` },
} as const;
