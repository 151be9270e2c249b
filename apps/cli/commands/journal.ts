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

type Lang = 'zh' | 'en';

const columns = (lang: Lang) => [
  {
    title: TITLES[lang].position,
    of: ({ position }: JournalEntryView) => `${position}`,
    align: 'right' as const,
  },
  { title: TITLES[lang].occurredOn, of: ({ occurredOn }: JournalEntryView) => occurredOn },
  {
    title: TITLES[lang].recordedAt,
    of: ({ recordedAt }: JournalEntryView) => clockTimeOf(recordedAt),
  },
  {
    title: TITLES[lang].actor,
    of: ({ actor }: JournalEntryView) => `${actor.id}(${actor.role})`,
  },
  { title: TITLES[lang].entry, of: ({ sentence }: JournalEntryView) => sentence[lang] },
  {
    title: TITLES[lang].corrections,
    of: ({ corrects, correctedBy }: JournalEntryView) =>
      [
        ...corrects.map(({ kind, eventId }) => LINKS[lang][kind].of(short(eventId, lang))),
        ...correctedBy.map(({ kind, eventId }) => LINKS[lang][kind].by(short(eventId, lang))),
      ].join(lang === 'en' ? '; ' : ';'),
  },
];

const TITLES = {
  zh: {
    ...{ position: '位置', occurredOn: '业务日期', recordedAt: '记账时刻' },
    ...{ actor: '经手', entry: '事项', corrections: '更正' },
  },
  en: {
    ...{ position: 'position', occurredOn: 'business date', recordedAt: 'recorded' },
    ...{ actor: 'actor', entry: 'entry', corrections: 'corrections' },
  },
} as const;

const short = (eventId: string | undefined, lang: Lang): string =>
  eventId?.slice(0, 8) ?? (lang === 'en' ? '(not stated)' : '(未写明)');

/** How an event names what it corrects, and how it names what corrects it. */
const LINKS = {
  zh: {
    reversal: { of: (id: string) => `冲销 ${id}`, by: (id: string) => `已由 ${id} 冲销` },
    withdrawal: { of: (id: string) => `撤回 ${id}`, by: (id: string) => `已由 ${id} 撤回` },
    edition: { of: (id: string) => `上一版 ${id}`, by: (id: string) => `下一版 ${id}` },
    adjustment: { of: (id: string) => `对应 ${id}`, by: (id: string) => `对应 ${id}` },
  },
  en: {
    reversal: { of: (id: string) => `takes back ${id}`, by: (id: string) => `taken back by ${id}` },
    withdrawal: { of: (id: string) => `withdraws ${id}`, by: (id: string) => `withdrawn by ${id}` },
    edition: {
      of: (id: string) => `edition after ${id}`,
      by: (id: string) => `next edition ${id}`,
    },
    adjustment: {
      of: (id: string) => `belongs to ${id}`,
      by: (id: string) => `belongs with ${id}`,
    },
  },
} as const;
