import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import { difference } from '#history/questions/difference';
import {
  asOfOf,
  checkpoints,
  findHandle,
  frameAt,
  type Frame,
  type Handle,
} from '#history/questions/replay';
import { presentDifference } from '#presentation/questions/difference';
import { presentFrame, type FrameView } from '#presentation/questions/frame';
import { dateOfDayNumber } from '#ledger/calendar';
import { VIEWS } from '#projections/registry';
import type { PlaceBalance } from '#projections/village-balance/query';
import type { QueryContext } from '#application/queries/query-context';
import { withCommonOptions, type CommonOptions } from '../session/common-options.ts';
import { readCount } from '../options/names.ts';
import { wan } from '../output/amounts.ts';
import { withQueryContext } from '../scene.ts';
import { CommandFault, badInput } from '../session/exit-codes.ts';
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
      '回放台账:退回、前进、到某天、某个位置、某个检查点 step through the ledger’s history',
    )
    .option('--at <handle>', '停在哪里:日期、日志位置、检查点、start、end where to stand')
    .option('--forward <n>', '再前进几步 steps forward from there')
    .option('--back <n>', '再退回几步 steps back from there')
    .option(
      '--to <handle>',
      '第二个柄:两处之间的对账 a second handle, for a statement between the two',
    )
    .option('--digest', '当时全部视图的摘要 digests of all views as of then')
    .action((options: Options) =>
      run(session, options.lang, () =>
        withQueryContext(session, options, [], replay(session, options)),
      ),
    );
};

const replay = (session: Session, options: Options) => async (scene: QueryContext) => {
  const { terminal } = session;
  const { print, printJson } = terminal;
  const reel = await openReel(scene);
  if (options.at === undefined && options.to === undefined && options.digest === undefined) {
    return options.json === true ? printJson(reel.overview()) : step(session, reel, options);
  }
  let handle = reel.find(options.at ?? 'end');
  handle = await walk(reel, handle, 'next', options.forward);
  handle = await walk(reel, handle, 'previous', options.back);
  if (options.to !== undefined) return printBetween(terminal, scene, reel, handle, options);
  const frame = presentFrame(await reel.frame(handle));
  const digests = options.digest === true ? await digestsAt(scene, reel, handle) : undefined;
  if (options.json === true) {
    return printJson({
      position: reel.head,
      ...frame,
      ...(digests === undefined ? {} : { digests }),
    });
  }
  printFrame(terminal, frame, options.lang);
  for (const [name, digest] of Object.entries(digests ?? {})) print(`${digest}  ${name}`);
};

/** The ledger's history with a place to stand in it. */
const openReel = async ({ db, store, historicalReads, within }: QueryContext) => {
  const history = await historicalReads.history();
  const named = checkpoints(history, db);
  const head = within.position;
  return {
    head,
    history,
    overview: () => ({
      position: head,
      checkpoints: named.map(({ day, ...checkpoint }) => ({
        ...checkpoint,
        on: dateOfDayNumber(day),
      })),
    }),
    frame: (handle: Handle): Promise<Frame> => frameAt(history, store, handle),
    find: (text: string): Handle => {
      const found = findHandle(text, head, named);
      if (found.kind === 'handle') return found.handle;
      throw badInput(found.zh, found.en);
    },
  };
};

type Reel = Awaited<ReturnType<typeof openReel>>;

/** Goes some steps one way, and no further than there are any. */
const walk = async (
  reel: Reel,
  from: Handle,
  way: 'next' | 'previous',
  steps: string | undefined,
): Promise<Handle> => {
  let handle = from;
  for (let left = steps === undefined ? 0 : readCount(steps); left > 0; left--) {
    const beside = (await reel.frame(handle))[way];
    if (beside === undefined) break;
    handle = beside;
  }
  return handle;
};

const digestsAt = async ({ historicalReads }: QueryContext, { head }: Reel, handle: Handle) =>
  (await historicalReads.views(asOfOf(handle, head), VIEWS)).digest();

/** Reads where to go from standard input, line by line, until it ends. */
const step = async ({ terminal, input }: Session, reel: Reel, options: Options): Promise<void> => {
  const { print, warn } = terminal;
  const { checkpoints: named } = reel.overview();
  if (named.length > 0) {
    print(`检查点:${named.map(({ name, zh, on }) => `${name} ${zh} ${on}`).join(';')}`);
  }
  let handle = reel.find('end');
  const show = async () =>
    printFrame(terminal, presentFrame(await reel.frame(handle)), options.lang);
  await show();
  const lines = createInterface({ input: input.stream() });
  print(HELP);
  for await (const line of lines) {
    const wanted = line.trim();
    if (wanted === 'q') break;
    try {
      if (wanted === '' || wanted === 'n') handle = await walk(reel, handle, 'next', '1');
      else if (wanted === 'p') handle = await walk(reel, handle, 'previous', '1');
      else handle = reel.find(wanted);
      await show();
    } catch (error) {
      if (!(error instanceof CommandFault)) throw error;
      warn(options.lang === 'en' ? error.message : error.zh);
    }
  }
  lines.close();
};

const HELP =
  '\n回车或 n 前进,p 退回,q 结束;也可输入日期(按天走)、日志位置(按事件走)、检查点、start、end';

const printFrame = (
  { print, printTable }: Terminal,
  { at, totals, changed, events, ...around }: FrameView,
  lang: 'zh' | 'en',
) => {
  print(`\n━━ ${/^\d+$/.test(at) ? `日志位置 ${at}` : at} ━━`);
  for (const { position, occurredOn, sentence, actor } of events) {
    print(`#${position}  ${occurredOn}  ${sentence[lang]}  ${actor.id}`);
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
  { store }: QueryContext,
  { head, history, find }: Reel,
  from: Handle,
  { to = 'end', at = 'end', json }: Options,
): Promise<void> => {
  const between = difference(history, asOfOf(from, head), asOfOf(find(to), head), {
    measure: 'onHandFen',
    by: 'place',
  });
  const told = await presentDifference(store, between, 50);
  if (json === true) return printJson({ position: head, from: at, to, ...told });
  print(`${at} 至 ${to} 结存变动(万元)`);
  printTable(
    [
      { title: '地点', of: ({ label }) => label },
      { title: '期初', of: ({ openingFen }) => wan(openingFen), align: 'right' },
      { title: '增加', of: ({ inFen }) => wan(inFen), align: 'right' },
      { title: '减少', of: ({ outFen }) => wan(outFen), align: 'right' },
      { title: '期末', of: ({ closingFen }) => wan(closingFen), align: 'right' },
    ],
    [...told.lines, told.total],
  );
};
