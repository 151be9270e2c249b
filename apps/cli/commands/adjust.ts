import type { Command } from 'commander';
import { readFile } from 'node:fs/promises';
import type { NotRecorded, Recorded } from '#application/commands/command-result';
import { adjust, type AdjustmentResult, type ReadAdjustment } from '#application/work/adjust';
import { readAdjustment } from '#importers/adjustment/read-adjustment';
import { newId } from '#event-codec/ids';
import type { AdjustmentDocument } from '#ledger/adjustment/adjustment-events';
import { namesIn } from '#presentation/adjustment-names';
import type { ReadDatabase } from '#projections/engine/read-database';
import type { Ledger } from '#wiring/ledger';
import { findAllocation, readAmount, readDate } from '../options/names.ts';
import { authenticate } from '../session/authenticate.ts';
import { badInput, CommandFault, EXIT } from '../session/exit-codes.ts';
import { faultOf, permit } from '../session/not-recorded.ts';
import type { Session } from '../session/session.ts';
import { signAndProve, withWriteOptions, writes, type WriteOptions } from '../write.ts';

interface Options extends WriteOptions {
  readonly approval?: string;
  readonly decidedOn?: string;
  readonly file?: string;
}

type Document = Omit<AdjustmentDocument, 'adjustmentId'> & { readonly occurredOn: string };

export const registerAdjust = (program: Command, session: Session): void => {
  const command = program
    .command('adjust [from] [to] [amount]')
    .description(
      '调减一笔、调增另一笔,或照一份多笔的文件调整 adjust a pair of allocations, or all legs of a document',
    )
    .option('--approval <number>', '批准文号')
    .option('--decided-on <date>', '批准日期(同业务日期)')
    .option('--file <file>', '文件的各笔,JSON(docs/plan-format.md) the legs of a document');
  withWriteOptions<Options>(session, command, async (ledger, options, names) => {
    const given = options.file === undefined ? undefined : await readJson(options.file);
    await approve(session, ledger, options, (db) =>
      given === undefined
        ? pairOf(session, db, options, names)
        : documentOf(session, db, options, given.value),
    );
  });
};

export const registerAdjustWithdraw = (program: Command, session: Session): void => {
  writes('WithdrawAdjustment')<WriteOptions & { reason: string }>(
    session,
    program
      .command('adjust-withdraw <adjustment>')
      .description('撤回一份资金暂不调整的文件 take back a document whose money waits')
      .requiredOption('--reason <text>', '原因'),
    (_scene, { reason }, adjustmentId = '') => [
      { type: 'WithdrawAdjustment', data: { adjustmentId, reason } },
    ],
  );
};

const approve = async (
  session: Session,
  ledger: Ledger,
  options: Options,
  read: (db: ReadDatabase) => Document,
): Promise<void> => {
  const actor = await authenticate(session, options);
  permit(actor, 'ApproveAdjustment');
  const { occurredOn, ...document } = read(ledger.views.db);
  const build: ReadAdjustment['build'] = ({ idFor }) => ({
    adjustmentId: idFor('adjustment'),
    ...document,
  });
  const request = () => ({ key: options.key ?? newId(), occurredOn, build });
  const result = await adjust(ledger, { entry: 'mz', actor, read: request });
  const settled = settledOrFault(result);
  tell(session, settled, options);
  const recorded = settled.kind === 'adjusted' ? settled.legs : [settled.approved];
  if (options.proof !== undefined) await signAndProve(session, ledger, recorded, options);
};

type Settled = Exclude<AdjustmentResult, NotRecorded | { readonly kind: 'abandoned' }>;

const settledOrFault = (result: AdjustmentResult): Settled => {
  switch (result.kind) {
    case 'adjusted':
    case 'waiting':
      return result;
    case 'abandoned': {
      const { zh, en } = result.sentence;
      const code = result.refused?.refusal ?? 'adjustment-withdrawn';
      throw new CommandFault(EXIT.refused, `${zh}(${code})`, `${en} (${code})`);
    }
    default:
      throw faultOf(result);
  }
};

const tell = (
  { terminal: { print, printJson } }: Session,
  settled: Settled,
  { json, lang }: Options,
): void => {
  const { approved } = settled;
  const adjustmentId = approved.ids['adjustmentId'];
  const legs = settled.kind === 'adjusted' ? settled.legs : [];
  if (json === true) {
    const status = settled.kind === 'adjusted' ? 'completed' : 'waiting';
    const doubt = settled.kind === 'waiting' ? { doubt: settled.sentence } : {};
    return printJson({ adjustmentId, status, ...doubt, ...shown(approved), legs: legs.map(shown) });
  }
  const isEnglish = lang === 'en';
  const isBefore = approved.outcome === 'repeated';
  const done = isBefore ? ['此前已记', 'Recorded before'] : ['已记账', 'Recorded'];
  print(
    isEnglish
      ? `${done[1]}: adjustment ${adjustmentId}, position ${approved.position}`
      : `${done[0]}:调整文件 ${adjustmentId},位置 ${approved.position}`,
  );
  if (settled.kind === 'waiting') return print(`  ${settled.sentence[isEnglish ? 'en' : 'zh']}`);
  for (const { stream, position } of legs) {
    print(isEnglish ? `  ${stream}, position ${position}` : `  ${stream},位置 ${position}`);
  }
};

const shown = ({ outcome: kind, stream, revision, position }: Recorded) => ({
  ...{ kind, stream, revision, position },
});

/** The document of two legs that three words stand for. */
const pairOf = (
  session: Session,
  db: ReadDatabase,
  { approval, on, decidedOn }: Options,
  [from, to, amount]: readonly (string | undefined)[],
): Document => {
  if (from === undefined || to === undefined || amount === undefined || approval === undefined) {
    throw badInput(
      '请写调减的资金、调增的资金、金额和 --approval,或用 --file 给出文件。',
      'Name the allocation that loses, the one that gains, the amount and --approval; or give --file.',
    );
  }
  const leg = { amountFen: readAmount(amount), account: 'quota' } as const;
  const less = findAllocation(db, from).allocationId;
  const more = findAllocation(db, to).allocationId;
  const occurredOn = readDate(on, session.clock);
  return {
    approval,
    occurredOn,
    decidedOn: decidedOn === undefined ? occurredOn : readDate(decidedOn, session.clock),
    legs: [
      { ...leg, ordinal: 1, allocationId: less, direction: 'decrease' },
      { ...leg, ordinal: 2, allocationId: more, direction: 'increase' },
    ],
  };
};

/** The document in a file; what an option says stands where the file is silent. */
const documentOf = (
  session: Session,
  db: ReadDatabase,
  { approval, on, decidedOn, json, lang }: Options,
  value: unknown,
): Document => {
  const options = { approval, occurredOn: on, decidedOn };
  const stated = Object.entries(options).filter(([, text]) => text !== undefined);
  const given =
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? { ...Object.fromEntries(stated), ...value }
      : value;
  const read = readAdjustment(given, namesIn(db), readDate(undefined, session.clock));
  if (read.kind === 'read') return read.value;
  const { printJson, warn } = session.terminal;
  if (json === true) printJson({ faults: read.faults });
  for (const { at, zh, en } of read.faults) warn(`${at}  ${lang === 'en' ? en : zh}`);
  throw badInput(
    `共 ${read.faults.length} 处错误,没有记账。`,
    `${read.faults.length} faults; nothing was recorded.`,
  );
};

const readJson = async (file: string): Promise<{ readonly value: unknown }> => {
  const text = await readFile(file, 'utf8').catch(() => {
    throw badInput(`读不到文件 ${file}。`, `Cannot read ${file}.`);
  });
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    throw badInput(`${file} 不是 JSON。`, `${file} is not JSON.`);
  }
};
