import type { Command } from 'commander';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Actor, Role } from '#ledger/context';
import { requireLedger } from '#wiring/ledger';
import { storePerson, type Entry } from '#vault/store-person';
import { readPerson, type Person } from '#vault/person';
import type { Tombstone } from '#vault/tombstone';
import type { VaultPlace } from '#vault/vault-key';
import { MOST_REASON_CHARACTERS } from '#vault/reveal';
import { tokenOption, withCommonOptions, type CommonOptions } from '../session/common-options.ts';
import { CommandFault, EXIT, badInput } from '../session/exit-codes.ts';
import type { Input, Session } from '../session/session.ts';
import { authenticate } from '../write.ts';

export interface AskedOptions extends CommonOptions {
  readonly token?: string;
  readonly reason: string;
}

/** The options of a command that asks for a person: who, and why. */
export const asksForPerson = (command: Command, session: Session): Command =>
  withCommonOptions(command, session)
    .addOption(tokenOption())
    .requiredOption('--reason <text>', '事由,长期留存,不得含其本人资料 kept for ever');

/** Who asks and why, once the token and the reason are in order. */
export const whoAsks = async (
  session: Session,
  options: AskedOptions,
  roles: readonly Role[],
): Promise<{ readonly directory: string; readonly actor: Actor; readonly reason: string }> => {
  const { reason } = options;
  const directory = resolve(options.data);
  requireLedger(directory);
  const actor = await authenticate(session, options);
  if (!roles.includes(actor.role)) {
    throw new CommandFault(
      EXIT.notPermitted,
      `角色 ${actor.role} 不能这样做;可以的角色是 ${roles.join('、')}。`,
      `The role ${actor.role} may not; ${roles.join(', ')} may.`,
    );
  }
  if (reason.trim() === '' || reason.length > MOST_REASON_CHARACTERS) {
    throw badInput('须写明事由,至多 500 字。', 'A reason of at most 500 characters is required.');
  }
  return { directory, actor, reason: reason.trim() };
};

export const notHeld = (): CommandFault =>
  badInput('没有存这个收款人的个人资料。', 'No person is kept for this payee.');

export const reasonTells = (): CommandFault =>
  badInput(
    '事由会长期留存,不得含其本人资料。',
    'The reason is kept for ever and must not tell of the person itself.',
  );

/** A person from a JSON file, or from standard input as `-`. No sentence repeats what it holds. */
export const readPersonFile = (input: Input, file: string): Person => {
  const read = readPerson(parse(readBytes(input, file)));
  if (read.kind === 'person') return read.person;
  const told = (lang: 'zh' | 'en') =>
    read.faults.map((fault) => `${fault.field ?? 'person'}  ${fault[lang]}`).join('\n');
  throw badInput(told('zh'), told('en'));
};

/** Puts a person into the vault and answers the commitment for the command that follows. */
export const keepForCommand = (vault: VaultPlace, entry: Entry): string => {
  const kept = storePerson(vault, entry);
  switch (kept.kind) {
    case 'kept':
      return kept.commitment;
    case 'conflicting':
      throw new CommandFault(
        EXIT.conflict,
        '这个编号已用于另一件事,原记录不变。',
        'This key was used for something else; what was recorded stays.',
      );
    case 'forgotten':
      throw personForgotten(kept.tombstone);
  }
};

export const personForgotten = ({ at, by }: Tombstone): CommandFault =>
  new CommandFault(
    EXIT.refused,
    `这个人的资料已于 ${at} 由 ${by} 抹去,无法恢复;台账和证明不变。`,
    `The data of this person were erased at ${at} by ${by} for good; the ledger and its proofs are as before.`,
  );

const readBytes = (input: Input, file: string): Uint8Array => {
  try {
    return file === '-' ? input.bytes() : readFileSync(file);
  } catch {
    throw badInput(`读不到 ${file}。`, `${file} cannot be read.`);
  }
};

/** The parser's own words would quote the text. */
const parse = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw badInput('个人资料不是完整的 UTF-8 JSON。', 'The person is not whole JSON in UTF-8.');
  }
};
