import type { Command } from 'commander';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Actor } from '#ledger/context';
import { requireLedger } from '#wiring/ledger';
import { readPerson, type Person } from '#vault/person';
import { personRequest } from '#vault/person-request';
import { tokenOption, withCommonOptions, type CommonOptions } from '../session/common-options.ts';
import { badInput } from '../session/exit-codes.ts';
import type { Input, Session } from '../session/session.ts';
import { authenticate } from '../session/authenticate.ts';
import { personFault } from '../session/not-recorded.ts';

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
  act: 'reveal' | 'forget',
): Promise<{ readonly directory: string; readonly actor: Actor; readonly reason: string }> => {
  const directory = resolve(options.data);
  requireLedger(directory);
  const actor = await authenticate(session, options);
  const asked = personRequest(act, actor, () => options.reason);
  if (asked.kind !== 'in-order') throw personFault(asked);
  return { directory, actor, reason: asked.reason };
};

/** A person from a JSON file, or from standard input as `-`. No sentence repeats what it holds. */
export const readPersonFile = (input: Input, file: string): Person => {
  const read = readPerson(parse(readBytes(input, file)));
  if (read.kind === 'person') return read.person;
  const told = (lang: 'zh' | 'en') =>
    read.faults.map((fault) => `${fault.field ?? 'person'}  ${fault[lang]}`).join('\n');
  throw badInput(told('zh'), told('en'));
};

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
