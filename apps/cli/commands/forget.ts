import type { Command } from 'commander';
import { forgetPerson, type Forgotten } from '#vault/forget';
import type { Tombstone } from '#vault/tombstone';
import { asksForPerson, whoAsks, type AskedOptions } from '../options/person.ts';
import { personFault } from '../session/not-recorded.ts';
import { run } from '../session/run.ts';
import type { Session } from '../session/session.ts';

/** Erases a person, beside a running server too. */
export const registerForget = (program: Command, session: Session): void => {
  asksForPerson(
    program.command('forget <payee>').description('抹去个人资料,不可恢复 erase a person for good'),
    session,
  ).action((payeeId: string, options: AskedOptions) =>
    run(session, options.lang, () => forget(session, payeeId, options)),
  );
};

const forget = async (session: Session, payeeId: string, options: AskedOptions): Promise<void> => {
  const { directory, actor, reason } = await whoAsks(session, options, 'forget');
  const { print, printJson } = session.terminal;
  const outcome = forgetPerson(
    { directory, keyFiles: session.settings.keyFiles },
    { payeeId, actor, reason },
  );
  const { at, by } = tombstoneIn(outcome);
  if (options.json === true) return printJson({ outcome: outcome.kind, payeeId, at, by });
  if (options.lang === 'en') {
    print(
      `The data of ${payeeId} were erased at ${at} by ${by}. The ledger and its proofs are as before.`,
    );
    print('Copies of vault.sqlite and vault.key made elsewhere must be erased there.');
  } else {
    print(`${payeeId} 的资料已于 ${at} 由 ${by} 抹去;台账和证明不变。`);
    print('另存别处的 vault.sqlite、vault.key 副本须在当地一并销毁。');
  }
};

const tombstoneIn = (outcome: Forgotten): Tombstone => {
  if ('tombstone' in outcome) return outcome.tombstone;
  throw personFault(outcome);
};
