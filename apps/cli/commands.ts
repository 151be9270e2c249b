import type { Command } from 'commander';
import { registerAdjust, registerAdjustWithdraw } from './commands/adjust.ts';
import { registerAdjustments } from './commands/adjustments.ts';
import { registerAgeing } from './commands/ageing.ts';
import { registerAllocate } from './commands/allocate.ts';
import { registerAnnounce } from './commands/announce/announce.ts';
import { registerAnnouncements } from './commands/announcements.ts';
import { registerApprove } from './commands/approve.ts';
import { registerArrive } from './commands/arrive.ts';
import { registerAsset } from './commands/asset.ts';
import { registerBackup } from './commands/backup.ts';
import { registerBalances } from './commands/balances.ts';
import { registerBenefit } from './commands/benefit.ts';
import { registerCheckpoint } from './commands/checkpoint.ts';
import { registerClassify } from './commands/classify.ts';
import { registerClock } from './commands/clock.ts';
import { registerDemo } from './commands/demo.ts';
import { registerDiff } from './commands/diff.ts';
import { registerDigest } from './commands/digest.ts';
import { registerDoctor } from './commands/doctor.ts';
import { registerDrill } from './commands/drill.ts';
import { registerExplain } from './commands/explain.ts';
import { registerExport } from './commands/export/export.ts';
import { registerForget } from './commands/forget.ts';
import { registerGenerate } from './commands/generate.ts';
import { registerImport } from './commands/import.ts';
import { registerJournal } from './commands/journal.ts';
import { registerMigrate } from './commands/migrate.ts';
import { registerParameter } from './commands/parameter.ts';
import { registerPay } from './commands/pay.ts';
import { registerPayStatement } from './commands/pay-statement.ts';
import { registerPayee } from './commands/payee/payee.ts';
import { registerPayeePayments } from './commands/payee-payments.ts';
import { registerPlace } from './commands/place/place.ts';
import { registerPlaces } from './commands/places.ts';
import { registerRequests } from './commands/requests.ts';
import { registerProgress } from './commands/progress.ts';
import { registerProject } from './commands/project.ts';
import { registerProve } from './commands/prove.ts';
import { registerRebuild } from './commands/rebuild.ts';
import { registerRecall } from './commands/recall.ts';
import { registerRegister } from './commands/register.ts';
import { registerReject } from './commands/reject.ts';
import { registerRelease } from './commands/release.ts';
import { registerReplay } from './commands/replay.ts';
import { registerRequest } from './commands/request.ts';
import { registerReturn } from './commands/return.ts';
import { registerReverse } from './commands/reverse.ts';
import { registerSearch } from './commands/search.ts';
import { registerServe } from './commands/serve.ts';
import { registerStatement } from './commands/statement.ts';
import { registerToken } from './commands/token.ts';
import { registerTrace } from './commands/trace.ts';
import { registerVault } from './commands/vault/vault.ts';
import { registerVerify } from './commands/verify/verify.ts';
import { registerWitness } from './commands/witness/witness.ts';
import type { Session } from './session/session.ts';

/** Adds one command, or a group of them, to the program. */
type Register = (program: Command, session: Session) => void;

/** Every command, in the order in which `mz --help` lists them. */
export const COMMANDS: readonly Register[] = [
  registerDemo,
  registerServe,
  registerImport,
  registerBalances,
  registerProgress,
  registerRegister,
  registerAnnouncements,
  registerAdjustments,
  registerJournal,
  registerExplain,
  registerDiff,
  registerStatement,
  registerReplay,
  registerTrace,
  registerSearch,
  registerPayeePayments,
  registerAgeing,
  registerAllocate,
  registerArrive,
  registerRelease,
  registerReturn,
  registerRecall,
  registerAdjust,
  registerAdjustWithdraw,
  registerClassify,
  registerRequest,
  registerApprove,
  registerReject,
  registerPay,
  registerPayStatement,
  registerReverse,
  registerProject,
  registerAsset,
  registerBenefit,
  registerAnnounce,
  registerPlace,
  registerPlaces,
  registerRequests,
  registerPayee,
  registerParameter,
  registerToken,
  registerRebuild,
  registerDigest,
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
  registerClock,
  registerVault,
  registerForget,
];
