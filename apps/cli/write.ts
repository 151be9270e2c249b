import type { Command } from 'commander';
import type { CommandResult, NotRecorded, Recorded } from '#application/commands/command-result';
import {
  issueCommands,
  type CommandIds,
  type CommandOf,
} from '#application/commands/issue-commands';
import { newId } from '#event-codec/ids';
import { writeOutputFile } from '#files/whole-file';
import type { CommandType } from '#ledger/commands';
import { takenBackOf } from '#projections/corrections/query';
import type { ReadDatabase } from '#projections/engine/read-database';
import { publishCheckpoint } from '#transparency-log/sign/publish-checkpoint';
import { proveEvent } from '#transparency-log/prove/prove-event';
import { isSigner } from '#transparency-log/sign/signing';
import type { Ledger } from '#wiring/ledger';
import { readDate } from './options/names.ts';
import { printRecorded, recordedEvents } from './output/recorded.ts';
import { authenticate } from './session/authenticate.ts';
import { tokenOption, withCommonOptions, type CommonOptions } from './session/common-options.ts';
import { contentKey } from './session/content-key.ts';
import { faultOf } from './session/not-recorded.ts';
import { withLedger } from './session/open-ledger.ts';
import { provedOrFault } from './session/proved-or-fault.ts';
import { run } from './session/run.ts';
import type { Session } from './session/session.ts';

export interface WriteOptions extends CommonOptions {
  readonly token?: string;
  readonly on?: string;
  readonly key?: string;
  readonly proof?: string;
}

/** What a write is made of: ids that follow from its key, and names looked up in the views. */
export interface WriteContext extends CommandIds {
  readonly db: ReadDatabase;
  readonly on: string;
}

/** What is said of the rest once the actor may: names are looked up, and nothing is recorded yet. */
type Build<Options, Type extends CommandType> = (
  context: WriteContext,
  options: Options,
  ...names: string[]
) => readonly CommandOf<Type>[] | NotRecorded;

/**
 * What a write is: `writes('ReturnFunds')` adds the options of every write to a command of `mz`, and
 * has it issue one command of the ledger, or several that belong together.
 */
export const writes =
  <Type extends CommandType>(type: Type) =>
  <Options extends WriteOptions = WriteOptions>(
    session: Session,
    command: Command,
    build: Build<Options, Type>,
  ): Command =>
    withWriteOptions<Options>(session, command, (ledger, options, names) =>
      write(session, ledger, options, type, (context) => build(context, options, ...names)),
    );

/** Adds the options of every write, and has a command of `mz` do it on the open ledger. */
export const withWriteOptions = <Options extends WriteOptions>(
  session: Session,
  command: Command,
  act: (ledger: Ledger, options: Options, names: readonly string[]) => Promise<void>,
): Command =>
  withCommonOptions(command, session)
    .addOption(tokenOption())
    .option('--on <date>', '业务日期 business date (today)')
    .option('--key <key>', '幂等编号 the same key asks for the same thing')
    .option('--proof <file>', '随即签名,证明写到文件 sign at once, and write the proof to a file')
    .action((...parameters: unknown[]) => {
      // Commander hands over the arguments, then the options, then the command itself.
      const names = parameters.slice(0, -2) as string[];
      const options = parameters.at(-2) as Options;
      return run(session, options.lang, () =>
        withLedger(session, options, (ledger) => act(ledger, options, names)),
      );
    });

/** Issues one command of the ledger, or several that belong together, and says what became of it. */
export const write = async <Type extends CommandType>(
  session: Session,
  ledger: Ledger,
  options: WriteOptions,
  type: Type,
  build: (context: WriteContext) => readonly CommandOf<Type>[] | NotRecorded,
): Promise<void> => {
  const actor = await authenticate(session, options);
  const issue = (turn: number) =>
    issueCommands(ledger.execute, {
      entry: 'mz',
      actor,
      type,
      read: () => {
        const on = readDate(options.on, session.clock);
        const built = (ids: CommandIds) => build({ db: ledger.views.db, on, ...ids });
        return {
          key: options.key ?? contentKey(type, on, turn, built) ?? newId(),
          occurredOn: on,
          build: built,
        };
      },
    });
  let result = await issue(1);
  for (let turn = 2; options.key === undefined && (await isTakenBack(ledger, result)); turn++)
    result = await issue(turn);
  if (result.kind !== 'recorded') throw faultOf(result);
  const { recorded } = result;
  await printRecorded(session.terminal, ledger, recorded, options);
  if (type === 'PostAnnouncement' || options.proof !== undefined)
    await signAndProve(session, ledger, recorded, options);
};

/** Whether all that was asked for was recorded before and taken back since: then it is a new entry. */
const isTakenBack = async (
  { log, views }: Pick<Ledger, 'log' | 'views'>,
  result: CommandResult,
): Promise<boolean> => {
  if (result.kind !== 'recorded') return false;
  for (const one of result.recorded) {
    if (one.outcome !== 'repeated') return false;
    const [event] = await recordedEvents(log, one);
    if (event === undefined || !('amountFen' in event.data)) return false;
    const reversedFen = takenBackOf(views.db, [event.id]).get(event.id) ?? 0;
    if (BigInt(reversedFen) < event.data.amountFen) return false;
  }
  return true;
};

/** An announcement is signed with everything before it; a proof is of the last event. */
export const signAndProve = async (
  { terminal, clock }: Session,
  ledger: Ledger,
  recorded: readonly Recorded[],
  { proof: file, lang }: WriteOptions,
): Promise<void> => {
  if (!isSigner(ledger)) {
    if (file !== undefined) terminal.warn(NOT_THE_SIGNER[lang]);
    return;
  }
  const checkpoint = await publishCheckpoint(ledger, clock);
  const last = recorded.at(-1);
  if (file === undefined || last === undefined) return;
  const proved = await proveEvent(ledger, { checkpoints: [checkpoint] }, `${last.position}`);
  await writeOutputFile(file, provedOrFault(proved, `${last.position}`).proof);
};

const NOT_THE_SIGNER = {
  zh: '已记账,但这个节点不签名,没有写出证明;请在持有签名密钥的节点用 mz prove。',
  en: 'Recorded, but this node does not sign, so no proof was written; use mz prove on the node that has the key.',
};
