import type { Command } from 'commander';
import { resolve } from 'node:path';
import { DEMO_PEOPLE } from '#importers/demo/illustrative-year';
import { loadDemo } from '#importers/demo/load-demo';
import { allocations, notices } from '#projections/allocation-register/query';
import { villageBalances } from '#projections/village-balance/query';
import type { Ledger } from '#wiring/ledger';
import { openTokens } from '#application/access/tokens';
import { withCommonOptions, type CommonOptions } from '../session/common-options.ts';
import { wan } from '#presentation/figures';
import { acceptClock } from '#wiring/accepted-clock';
import { withLedger } from '../session/open-ledger.ts';
import { run } from '../session/run.ts';
import { serveUntilStopped } from '../session/serve-until-stopped.ts';
import type { Session } from '../session/session.ts';
import type { Terminal } from '../output/terminal.ts';

interface Options extends CommonOptions {
  readonly once?: boolean;
  readonly port: string;
}

export const registerDemo = (program: Command, session: Session): void => {
  withCommonOptions(program.command('demo'), session)
    .description('载入参考资金文件和示例年度并启动服务 load the reference notice and serve')
    .option('--once', '只载入,不启动服务 load and exit')
    .option('--port <port>', '端口,0 为任选', '8420')
    .action((given: Options) => {
      const isDefault = given.data === './data/ledger';
      const options = isDefault ? { ...given, data: './data/demo' } : given;
      // While the illustrative year is loaded, its events are recorded on their own business days.
      let day: string | undefined;
      const clock = () => (day === undefined ? session.clock() : `${day}T08:00:00.000Z`);
      return run(session, options.lang, () =>
        withLedger(
          session,
          options,
          async (ledger) => {
            await loadDemo(ledger, (next) => (day = next));
            day = undefined;
            // Its events are of 2024, and are not followed by 400 days of silence.
            acceptClock(ledger.directory, session.clock());
            await ledger.views.waitFor(Number(await ledger.log.head()), 10_000);
            if (options.once === true) return presentOnce(session.terminal, ledger, options);
            await tellWhere(session, ledger, options);
            await serveUntilStopped(session, ledger, options.port);
          },
          { clock, watchesClock: false },
        ),
      );
    });
};

const presentOnce = (
  { print, printJson }: Terminal,
  ledger: Ledger,
  { json, data }: Options,
): void => {
  const { db } = ledger.views;
  const { totals, places } = villageBalances(db);
  const annexes = notices(db).flatMap((notice) => notice.annexes);
  if (json === true) {
    return printJson({
      illustrative: '除资金文件本身外,到账、支付、公示等均为示例',
      allocatedFen: totals.allocatedFen,
      arrivedFen: totals.arrivedFen,
      releasedFen: totals.releasedFen,
      paidFen: totals.paidFen,
      onHandFen: totals.onHandFen,
      annexes: Object.fromEntries(annexes.map(({ annex, sumFen }) => [annex, sumFen])),
      annexesNow: annexSums(ledger),
      villages: places,
      position: ledger.views.position(),
      digests: ledger.views.digest(),
    });
  }
  print(
    `下达 ${wan(totals.allocatedFen)} 到账 ${wan(totals.arrivedFen)} 支付 ${wan(totals.paidFen)} 万元`,
  );
  print(`数据目录 ${resolve(data)}`);
};

/** What each annex comes to after adjustments. */
const annexSums = ({ views: { db } }: Ledger): Readonly<Record<string, number>> => {
  const sums: Record<string, number> = {};
  for (const { annex, allocatedFen } of allocations(db, { limit: 1_000_000 }).lines) {
    sums[annex] = (sums[annex] ?? 0) + allocatedFen;
  }
  return sums;
};

const tellWhere = async (
  { terminal: { print }, settings }: Session,
  ledger: Ledger,
  { data }: Options,
): Promise<void> => {
  const { totals } = villageBalances(ledger.views.db);
  const directory = resolve(data);
  const tokens = await openTokens(directory, settings.keyFiles.tokenKey);
  print('明账演示:资金文件是真实的,到账、支付、公示等一年的事项是示例。');
  print(
    `下达 ${wan(totals.allocatedFen)} 到账 ${wan(totals.arrivedFen)} 支付 ${wan(totals.paidFen)} 万元`,
  );
  print(`数据在 ${directory}(删除这个目录即可清空)`);
  print('一天有效的令牌(Authorization: Bearer …):');
  for (const actor of DEMO_PEOPLE) {
    print(`  ${actor.role}  ${await tokens.issue({ actor, expiresIn: '1 day' })}`);
  }
};
