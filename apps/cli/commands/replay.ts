import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import { between, frame, namedDays, type Frame } from '#application/queries/replay';
import type { FrameView } from '#presentation/questions/frame';
import { sayOpen, withQuestions, type Ask } from '../ask.ts';
import type { PlaceBalance } from '#projections/village-balance/query';
import { withCommonOptions, type CommonOptions } from '../session/common-options.ts';
import { readCount } from '../options/names.ts';
import { wan } from '#presentation/figures';
import { printable } from '#presentation/printable';
import { CommandFault } from '../session/exit-codes.ts';
import { run } from '../session/run.ts';
import type { Session } from '../session/session.ts';
import type { Terminal } from '../output/terminal.ts';

interface Options extends CommonOptions {
  readonly at?: string;
  readonly to?: string;
  readonly forward?: string;
  readonly back?: string;
  readonly digest?: boolean;
}

export const registerReplay = (program: Command, session: Session): void => {
  withCommonOptions(program.command('replay'), session)
    .description(
      '回放台账:退回、前进、到某天、某个位置、某个关键日 step through the ledger’s history',
    )
    .option('--at <handle>', '停在哪里:日期、日志位置、关键日、start、end where to stand')
    .option('--forward <n>', '再前进几步 steps forward from there')
    .option('--back <n>', '再退回几步 steps back from there')
    .option(
      '--to <handle>',
      '第二个柄:两处之间的对账 a second handle, for a statement between the two',
    )
    .option('--digest', '当时全部视图的摘要 digests of all views as of then')
    .action((options: Options) =>
      run(session, options.lang, () => withQuestions(session, options, replay(session, options))),
    );
};

const replay = (session: Session, options: Options) => async (ask: Ask, askAlone: Ask) => {
  const { terminal } = session;
  const { print, printJson } = terminal;
  if (options.at === undefined && options.to === undefined && options.digest === undefined) {
    if (options.json !== true) return step(session, askAlone, options);
    const { answer, reflects } = await ask(namedDays, () => ({}));
    return printJson({ position: reflects.position, ...answer });
  }
  const start = await frameOf(askAlone, options.at ?? 'end');
  const forward = await walk(askAlone, start, 'next', options.forward);
  const { at } = await walk(askAlone, forward, 'previous', options.back);
  if (options.to !== undefined) return printBetween(terminal, ask, at, options);
  const digest = options.digest === true;
  const { answer, reflects } = await ask(frame, () => ({ handle: at, digest }));
  if (options.json === true) return printJson({ position: reflects.position, ...answer });
  printFrame(terminal, answer, options.lang);
  for (const [name, rows] of Object.entries(answer.digests ?? {})) print(`${rows}  ${name}`);
};

const frameOf = async (ask: Ask, handle: string): Promise<Frame> =>
  (await ask(frame, () => ({ handle, digest: false }))).answer;

/** Goes some steps one way, and no further than there are any. */
const walk = async (
  ask: Ask,
  from: Frame,
  way: 'next' | 'previous',
  steps: string | undefined,
): Promise<Frame> => {
  let current = from;
  for (let left = steps === undefined ? 0 : readCount(steps); left > 0; left--) {
    const neighbour = current[way];
    if (neighbour === undefined) break;
    current = await frameOf(ask, neighbour);
  }
  return current;
};

/** Reads where to go from standard input, line by line, until it ends. */
const step = async (session: Session, ask: Ask, options: Options): Promise<void> => {
  const { terminal, input } = session;
  const { print, warn } = terminal;
  const { lang } = options;
  const show = (shown: Frame): void => {
    printFrame(terminal, shown, lang);
    sayOpen(session, shown, options);
  };
  const { checkpoints: named } = (await ask(namedDays, () => ({}))).answer;
  if (named.length > 0) {
    print(`关键日:${named.map(({ name, zh, on }) => `${name} ${zh} ${on}`).join(';')}`);
  }
  let current = await frameOf(ask, 'end');
  show(current);
  const lines = createInterface({ input: input.stream() });
  print(HELP);
  for await (const line of lines) {
    const wanted = line.trim();
    if (wanted === 'q') break;
    try {
      if (wanted === '' || wanted === 'n') current = await walk(ask, current, 'next', '1');
      else if (wanted === 'p') current = await walk(ask, current, 'previous', '1');
      else current = await frameOf(ask, wanted);
      show(current);
    } catch (error) {
      if (!(error instanceof CommandFault)) throw error;
      warn(lang === 'en' ? error.message : error.zh);
    }
  }
  lines.close();
};

const HELP =
  '\n回车或 n 前进,p 退回,q 结束;也可输入日期(按天走)、日志位置(按事件走)、关键日、start、end';

const printFrame = (
  { print, printTable }: Terminal,
  { at, totals, changed, events, ...around }: FrameView,
  lang: 'zh' | 'en',
) => {
  print(`\n━━ ${/^\d+$/.test(at) ? `日志位置 ${at}` : at} ━━`);
  for (const { position, occurredOn, sentence, actor } of events) {
    print(printable(`#${position}  ${occurredOn}  ${sentence[lang]}  ${actor.id}`));
  }
  if (changed.length > 0) printTable(CHANGES, changed);
  print(
    `合计 下达 ${wan(totals.allocatedFen)} 到账 ${wan(totals.arrivedFen)} 支付 ${wan(totals.paidFen)} 结存 ${wan(totals.onHandFen)} 万元`,
  );
  print(`上一步 ${around.previous ?? '—'}  下一步 ${around.next ?? '—'}`);
};

type Changed = FrameView['changed'][number];

const moved = (title: string, of: (place: PlaceBalance) => number) => ({
  title,
  of: ({ before, after }: Changed) => {
    const [was, is] = [before, after].map((place) => (place === undefined ? 0 : of(place)));
    return was === is ? wan(is ?? 0) : `${wan(was ?? 0)} → ${wan(is ?? 0)}`;
  },
  align: 'right' as const,
});

const CHANGES = [
  { title: '地点', of: ({ before, after }: Changed) => (after ?? before)?.path.join('/') ?? '' },
  moved('下达(万元)', ({ allocatedFen }) => allocatedFen),
  moved('到账', ({ arrivedFen }) => arrivedFen),
  moved('支付', ({ paidFen }) => paidFen),
  moved('结存', ({ onHandFen }) => onHandFen),
];

/** Two handles: every place with opening, in, out and closing between them. */
const printBetween = async (
  { print, printJson, printTable }: Terminal,
  ask: Ask,
  from: string,
  { to = 'end', at = 'end', json }: Options,
): Promise<void> => {
  const { answer, reflects } = await ask(between, () => ({ from, to }));
  if (json === true) return printJson({ position: reflects.position, from: at, to, ...answer });
  print(`${at} 至 ${to} 结存变动(万元)`);
  printTable(
    [
      { title: '地点', of: ({ label }) => label },
      { title: '期初', of: ({ openingFen }) => wan(openingFen), align: 'right' },
      { title: '增加', of: ({ inFen }) => wan(inFen), align: 'right' },
      { title: '减少', of: ({ outFen }) => wan(outFen), align: 'right' },
      { title: '期末', of: ({ closingFen }) => wan(closingFen), align: 'right' },
    ],
    [...answer.lines, answer.total],
  );
};
