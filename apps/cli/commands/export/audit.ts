import type { Command } from 'commander';
import { join, resolve } from 'node:path';
import type { WrittenPackage } from '#exports/audit-package/write-package';
import { exportAudit } from '#operations/export-audit';
import type { LedgerReader } from '#wiring/ledger';
import { withCommonOptions, type CommonOptions } from '../../session/common-options.ts';
import { progressBar } from '../../output/progress-bar.ts';
import type { Terminal } from '../../output/terminal.ts';
import { badInput } from '../../session/exit-codes.ts';
import { identityOf } from '../../session/log-identity.ts';
import { withReader } from '../../session/open-ledger.ts';
import { run } from '../../session/run.ts';
import type { Session } from '../../session/session.ts';

interface Options extends CommonOptions {
  readonly out: string;
  readonly year?: string;
}

export const registerExportAudit = (group: Command, session: Session): void => {
  withCommonOptions(group.command('audit'), session)
    .description(
      '审计包:全部事件、检查点、表格和独立核验程序 everything an auditor verifies without us',
    )
    .requiredOption('-o, --out <dir>', '写到目录 directory to write')
    .option(
      '--year <year>',
      '表格只含一个年度(事件始终是全部) tables of one year; events are always all',
    )
    .action((options: Options) =>
      run(session, options.lang, () =>
        withReader(session, options, (ledger) => packAudit(session, ledger, options)),
      ),
    );
};

const packAudit = async (
  { terminal, clock }: Session,
  ledger: LedgerReader,
  options: Options,
): Promise<void> => {
  const began = performance.now();
  const directory = resolve(options.out);
  const progress = progressBar(terminal, options.lang === 'en' ? 'Packing' : '打包');
  try {
    const events = Number((await ledger.log.head()) ?? 0n);
    const request = {
      ledger: ledger.directory,
      identity: identityOf(ledger.directory),
      directory,
      ...(options.year === undefined ? {} : { year: readYear(options.year) }),
      now: clock(),
    };
    const written = await exportAudit(request, events, progress.update);
    const seconds = Math.round(performance.now() - began) / 1_000;
    if (options.json === true) terminal.printJson({ directory, ...written, seconds });
    else presentPackage(terminal, directory, written, options.lang);
  } finally {
    progress.stop();
  }
};

const presentPackage = (
  { print, warn }: Terminal,
  directory: string,
  { events, signedThrough }: WrittenPackage,
  lang: CommonOptions['lang'],
): void => {
  print(
    lang === 'en'
      ? `${events} events in ${directory}, ${signedThrough} of them signed. Verify with:`
      : `${events} 个事件已写入 ${directory},其中 ${signedThrough} 个已签名。核验:`,
  );
  if (events > signedThrough) {
    warn(
      lang === 'en'
        ? `The last ${events - signedThrough} events are not signed: verify.mjs will end with 13. Sign first (mz checkpoint), and export again.`
        : `最后 ${events - signedThrough} 个事件没有签名,verify.mjs 会以 13 退出。请先签名(mz checkpoint)再导出。`,
    );
  }
  const [program, bundle, key] = ['verify.mjs', 'bundle.ndjson', 'ledger.vkey'].map((name) =>
    join(directory, name),
  );
  print(`  node ${program} ${bundle} --key ${key}`);
};

const readYear = (text: string): number => {
  if (/^[12]\d{3}$/.test(text)) return Number(text);
  throw badInput(`“${text}”不是年度,如 2024。`, `“${text}” is no year, such as 2024.`);
};
