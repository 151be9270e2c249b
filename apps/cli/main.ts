#!/usr/bin/env node
import { Command } from 'commander';
import { registerFundCommands } from './commands/funds.ts';
import { registerPaymentCommands } from './commands/payments.ts';
import { registerProjectCommands } from './commands/project.ts';
import { registerAnnounceCommands } from './commands/announce.ts';
import { registerDirectoryCommands } from './commands/directory.ts';
import { registerBalances } from './commands/balances.ts';
import { registerProgress } from './commands/progress.ts';
import { registerRegister } from './commands/register.ts';
import { registerAnnouncements } from './commands/announcements.ts';
import { registerJournal } from './commands/journal.ts';
import { registerDiff } from './commands/diff.ts';
import { registerExplain } from './commands/explain.ts';
import { registerStatement } from './commands/statement.ts';
import { registerReplay } from './commands/replay.ts';
import { registerTrace } from './commands/trace.ts';
import { registerSearch } from './commands/search.ts';
import { registerAgeing } from './commands/ageing.ts';
import { registerImport } from './commands/import.ts';
import { registerDemo } from './commands/demo.ts';
import { registerServe } from './commands/serve.ts';
import { registerToken } from './commands/token.ts';
import { registerViews } from './commands/views.ts';
import { registerGenerate } from './commands/generate.ts';
import { registerBackup } from './commands/backup.ts';
import { registerCheckpoint } from './commands/checkpoint.ts';
import { registerWitness } from './commands/witness.ts';
import { registerDrill } from './commands/drill.ts';
import { registerProve } from './commands/prove.ts';
import { registerVerify } from './commands/verify.ts';
import { registerDoctor } from './commands/doctor.ts';
import { registerExport } from './commands/export.ts';
import { registerMigrate } from './commands/migrate.ts';
import { registerForget } from './commands/forget.ts';
import { registerVault } from './commands/vault.ts';
import { EXIT } from './exit-codes.ts';
import { warn } from './output.ts';

/** `mz`: one file a command, or one for a handful of verbs that are used together. */
const program = new Command('mz')
  .description('明账 Mingzhang:衔接资金台账 — a ledger of rural-revitalisation funds')
  .version('0.1.0')
  .showHelpAfterError()
  .exitOverride((error) => process.exit(error.exitCode === 0 ? EXIT.ok : EXIT.badInput));

for (const register of [
  registerDemo,
  registerServe,
  registerImport,
  registerBalances,
  registerProgress,
  registerRegister,
  registerAnnouncements,
  registerJournal,
  registerExplain,
  registerDiff,
  registerStatement,
  registerReplay,
  registerTrace,
  registerSearch,
  registerAgeing,
  registerFundCommands,
  registerPaymentCommands,
  registerProjectCommands,
  registerAnnounceCommands,
  registerDirectoryCommands,
  registerToken,
  registerViews,
  registerGenerate,
  registerExport,
  registerCheckpoint,
  registerVerify,
  registerProve,
  registerDrill,
  registerWitness,
  registerBackup,
  registerMigrate,
  registerDoctor,
  registerVault,
  registerForget,
]) {
  register(program);
}

// Whoever reads us through `head` has seen enough: that is no error. A full disk is one, in a sentence.
process.stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
  if (code === 'EPIPE') process.exit(EXIT.ok);
  warn(`输出写不下去 the output cannot be written: ${message}`);
  process.exit(EXIT.badInput);
});

await program.parseAsync();
