import type { Command } from 'commander';
import { resolve } from 'node:path';
import { acceptClock } from '#wiring/accepted-clock';
import { requireLedger } from '#wiring/ledger';
import { withCommonOptions, type CommonOptions } from '../session/common-options.ts';
import { run } from '../session/run.ts';
import type { Session } from '../session/session.ts';

export const registerClock = (program: Command, session: Session): void => {
  const clock = program.command('clock').description('本机时间 the clock of this machine');
  withCommonOptions(
    clock.command('accept').description('核对无误,准予记账 it is right: record again'),
    session,
  ).action((options: CommonOptions) =>
    run(session, options.lang, () => {
      const { print, printJson } = session.terminal;
      const directory = resolve(options.data);
      requireLedger(directory);
      const at = session.clock();
      acceptClock(directory, at);
      if (options.json === true) printJson({ accepted: at });
      else print(`已确认本机时间 ${at}。`);
      return Promise.resolve();
    }),
  );
};
