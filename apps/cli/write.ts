import type { Command } from 'commander';
import { resolve } from 'node:path';
import { commandIdOf, newId } from '#event-codec/ids';
import { writeOutputFile } from '#files/whole-file';
import type { CommandType } from '#ledger/commands';
import type { Actor } from '#ledger/context';
import type { LedgerCommand } from '#ledger/ledger-events';
import { refusalSentence } from '#presentation/refusal-sentence';
import type { ReadDatabase } from '#projections/engine/read-database';
import { publishCheckpoint } from '#transparency-log/sign/publish-checkpoint';
import { proveEvent } from '#transparency-log/prove/prove-event';
import { isSigner } from '#transparency-log/sign/signing';
import type { LedgerOutcome as CommandResult } from '#application/commands/execute';
import type { Ledger } from '#wiring/ledger';
import { issuersOf, mayIssue } from '#application/access/permissions';
import { openTokens } from '#application/access/tokens';
import { tokenOption, withCommonOptions, type CommonOptions } from './session/common-options.ts';
import { readDate } from './options/names.ts';
import { CommandFault, EXIT } from './session/exit-codes.ts';
import { withLedger } from './session/open-ledger.ts';
import { provedOrFault } from './session/proved-or-fault.ts';
import { run } from './session/run.ts';
import type { Session } from './session/session.ts';
import type { Terminal } from './output/terminal.ts';

export interface WriteOptions extends CommonOptions {
  readonly token?: string;
  readonly on?: string;
  readonly key?: string;
  readonly proof?: string;
}

/** What a write is made of: ids that follow from its key, and names looked up in the views. */
export interface WriteContext {
  readonly db: ReadDatabase;
  readonly actor: Actor;
  /** A UUID for something this command brings about; the same key gives the same id. */
  readonly idFor: (what: string) => string;
  readonly on: string;
}

/** Adds the options of a write and what it does: one command, or several that belong together. */
export const writes = <Options extends WriteOptions>(
  session: Session,
  command: Command,
  build: (context: WriteContext, options: Options, ...names: string[]) => readonly LedgerCommand[],
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
        withLedger(session, options, (ledger) =>
          write(session, ledger, options, (scene) => build(scene, options, ...names)),
        ),
      );
    });

const write = async (
  session: Session,
  ledger: Ledger,
  options: WriteOptions,
  build: (context: WriteContext) => readonly LedgerCommand[],
): Promise<void> => {
  const actor = await authenticate(session, options);
  const key = options.key ?? newId();
  const on = readDate(options.on, session.clock);
  const idFor = (what: string) => commandIdOf('mz', actor.id, key, what);
  const commands = build({ db: ledger.views.db, actor, idFor, on });
  const answers: CommandResult[] = [];
  for (const [index, command] of commands.entries()) {
    permit(actor, command.type);
    const commandId = idFor(`command ${index}`);
    const asked = { commandId, actor, occurredOn: on, correlationId: idFor('correlation') };
    answers.push(accepted(await ledger.execute(command, asked)));
  }
  tell(session.terminal, commands, answers, options);
  const isAnnounced = commands.some(({ type }) => type === 'PostAnnouncement');
  if (isAnnounced || options.proof !== undefined)
    await signAndProve(session, ledger, answers, options);
};

/** An announcement is signed with everything before it; a proof is of the last event. */
const signAndProve = async (
  { terminal, clock }: Session,
  ledger: Ledger,
  answers: readonly CommandResult[],
  { proof: file, lang }: WriteOptions,
): Promise<void> => {
  if (!isSigner(ledger)) {
    if (file !== undefined) terminal.warn(NOT_THE_SIGNER[lang]);
    return;
  }
  const checkpoint = await publishCheckpoint(ledger, clock);
  const last = answers.at(-1);
  if (file === undefined || last === undefined) return;
  const { position = 0 } = placeOf(last);
  const proved = await proveEvent(ledger, { checkpoints: [checkpoint] }, `${position}`);
  await writeOutputFile(file, provedOrFault(proved, `${position}`).proof);
};

const NOT_THE_SIGNER = {
  zh: '已记账,但这个节点不签名,没有写出证明;请在持有签名密钥的节点用 mz prove。',
  en: 'Recorded, but this node does not sign, so no proof was written; use mz prove on the node that has the key.',
};

const tell = (
  { print, printJson }: Terminal,
  commands: readonly LedgerCommand[],
  answers: readonly CommandResult[],
  { json, lang }: WriteOptions,
): void => {
  if (json === true) {
    const told = answers.map((answer, index) => ({
      ...answer,
      ...placeOf(answer),
      ids: idsIn(commands[index]),
    }));
    return printJson(told.length === 1 ? told[0] : told);
  }
  answers.forEach((answer, index) => {
    const { position } = placeOf(answer);
    const verb = commands[index]?.type;
    const repeated = answer.kind === 'repeated';
    if (lang === 'en')
      print(`${repeated ? 'Recorded before' : 'Recorded'}: ${verb}, position ${position}`);
    else print(`${repeated ? '此前已记' : '已记账'}:${verb},位置 ${position}`);
    for (const [name, id] of Object.entries(idsIn(commands[index]))) print(`  ${name} ${id}`);
  });
};

/** What a later command will name, such as the request to be approved. */
const NAMED_LATER = [
  'requestId',
  'paymentId',
  'announcementId',
  'objectionId',
  'payeeId',
  'placeId',
];

const idsIn = (command: LedgerCommand | undefined): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(command?.data ?? {}).filter(([name]) => NAMED_LATER.includes(name)),
  );

const placeOf = (answer: CommandResult) =>
  'position' in answer
    ? { revision: Number(answer.revision), position: Number(answer.position) }
    : {};

/** The answer when the command happened; a fault with the ledger's own sentence when it did not. */
const accepted = (answer: CommandResult): CommandResult => {
  switch (answer.kind) {
    case 'happened':
    case 'repeated':
      return answer;
    case 'refused': {
      const { zh, en } = refusalSentence(answer.refusal);
      throw new CommandFault(
        EXIT.refused,
        `${zh}(${answer.refusal.code})`,
        `${en} (${answer.refusal.code})`,
      );
    }
    case 'conflicting':
      throw new CommandFault(
        EXIT.conflict,
        '这个编号已用于另一件事,原记录不变。',
        'This key was used for something else; what was recorded stays.',
      );
    case 'stale':
    case 'raced':
      throw new CommandFault(
        EXIT.conflict,
        '同时有别人在改动这笔资金,请再试一次。',
        'Somebody else is changing this allocation; try again.',
      );
    case 'failed':
      throw new CommandFault(
        EXIT.unavailable,
        `存储没有确认:${JSON.stringify(answer.failure)}。用同一 --key 重试是安全的。`,
        `The store did not confirm: ${JSON.stringify(answer.failure)}. Retrying with the same --key is safe.`,
      );
  }
};

/** Who asks, by their token. Throws a sentence that says how to get one. */
export const authenticate = async (
  { settings }: Session,
  { data, token }: Pick<WriteOptions, 'data' | 'token'>,
): Promise<Actor> => {
  if (token === undefined) {
    throw new CommandFault(
      EXIT.notPermitted,
      '记账须有身份:先用 mz token --role clerk --name 姓名 取得令牌,再以 --token 或 MZ_TOKEN 出示。',
      'A write needs an actor: get a token with mz token --role clerk --name NAME and show it with --token or MZ_TOKEN.',
    );
  }
  const verified = await (
    await openTokens(resolve(data), settings.keyFiles.tokenKey)
  ).verify(token);
  if (verified.kind === 'actor') return verified.actor;
  throw new CommandFault(
    EXIT.notPermitted,
    verified.reason === 'expired' ? '令牌已过期,请重新取得。' : '令牌不是这个台账签发的。',
    verified.reason === 'expired' ? 'The token has expired.' : 'The token is not of this ledger.',
  );
};

export const permit = (actor: Actor, command: CommandType): void => {
  if (mayIssue(actor.role, command)) return;
  const roles = issuersOf(command).join('、');
  throw new CommandFault(
    EXIT.notPermitted,
    `角色 ${actor.role} 不能做 ${command};可以做的角色是 ${roles}。`,
    `The role ${actor.role} may not ${command}; ${roles} may.`,
  );
};
