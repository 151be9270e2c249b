import type { Command } from 'commander';
import { committedTo } from '#vault/committed';
import type { Person } from '#vault/person';
import { revealPerson, type Revealed } from '#vault/reveal';
import { printable } from '#presentation/printable';
import { asksForPerson, whoAsks, type AskedOptions } from '../../options/person.ts';
import { personFault } from '../../session/not-recorded.ts';
import { withReaderBeside } from '../../session/open-ledger.ts';
import { run } from '../../session/run.ts';
import type { Session } from '../../session/session.ts';

export const registerVaultReveal = (vault: Command, session: Session): void => {
  asksForPerson(
    vault.command('reveal <payee>').description('查看个人资料,逐次留痕 every look is noted'),
    session,
  ).action((payeeId: string, options: AskedOptions) =>
    run(session, options.lang, () => reveal(session, payeeId, options)),
  );
};

const reveal = async (session: Session, payeeId: string, options: AskedOptions): Promise<void> => {
  const { print, printJson } = session.terminal;
  const { actor, reason } = await whoAsks(session, options, 'reveal');
  await withReaderBeside(session, options, async (ledger) => {
    const { current } = await committedTo(ledger.log, payeeId);
    const person = shown(revealPerson(ledger, { payeeId, commitment: current, actor, reason }));
    if (options.json === true) return printJson(person);
    for (const [field, value] of Object.entries(person)) print(printable(`${field}  ${value}`));
  });
};

const shown = (revealed: Revealed): Person => {
  if (revealed.kind === 'revealed') return revealed.person;
  throw personFault(
    revealed.kind === 'forgotten' ? { kind: 'forgotten', ...revealed.tombstone } : revealed,
  );
};
