import type { Command } from 'commander';
import { migrateLog, type Migration, type Side } from '#operations/migrate-log';
import { openSourceLog, openTargetLog, type Log } from '#wiring/log-address';
import { progressBar } from '../output/progress-bar.ts';
import { CommandFault, EXIT } from '../session/exit-codes.ts';
import { run } from '../session/run.ts';
import type { Session } from '../session/session.ts';
import type { Terminal } from '../output/terminal.ts';

interface Options {
  readonly from: string;
  readonly to: string;
  readonly json?: boolean;
  readonly lang: 'zh' | 'en';
}

export const registerMigrate = (program: Command, session: Session): void => {
  program
    .command('migrate')
    .description('把整本台账搬到另一处存储,可续传并核对 move a whole ledger to another store')
    .requiredOption('--from <log>', 'sqlite:目录、copy:目录 或 esdb://…')
    .requiredOption('--to <log>', 'sqlite:目录 或 esdb://…')
    .option('--json', '输出一个 JSON 文档 print one JSON document')
    .option('--lang <lang>', 'zh 或 en', 'zh')
    .action((options: Options) =>
      run(session, options.lang, () =>
        withLog(openSourceLog(options.from, session.settings.environment), (source) =>
          withLog(openTargetLog(options.to, session.settings.environment), (target) =>
            migrate(session.terminal, source, target, options),
          ),
        ),
      ),
    );
};

const withLog = async (opening: Promise<Log>, work: (log: Log) => Promise<void>): Promise<void> => {
  const log = await opening;
  try {
    await work(log);
  } finally {
    await log.close();
  }
};

const migrate = async (
  terminal: Terminal,
  source: Log,
  target: Log,
  options: Options,
): Promise<void> => {
  const of = (await source.head()) ?? 0n;
  const progress = progressBar(
    terminal,
    options.lang === 'en' ? 'Moving' : '搬迁',
    options.lang === 'en' ? 'left' : '剩余',
  );
  // Positions of a cluster are no numbers of events; the bar then shows how many are done.
  const whole = options.from.startsWith('esdb') ? undefined : Number(of);
  const migration = await migrateLog(source, target, (done) =>
    progress.update(done, whole ?? done),
  );
  progress.stop();
  if (migration.kind !== 'migrated') throw faultOf(migration);
  if (options.json === true) return terminal.printJson(migration);
  tell(terminal, migration, options);
};

const tell = (
  { print, printTable }: Terminal,
  { added, source, target }: Extract<Migration, { readonly kind: 'migrated' }>,
  { from, to, lang }: Options,
): void => {
  const rows = [
    { where: from, ...source },
    { where: to, ...target },
  ];
  const titles = lang === 'en' ? ['Log', 'Events', 'SHA-256'] : ['日志', '事件数', 'SHA-256'];
  printTable<Side & { readonly where: string }>(
    [
      { title: titles[0] ?? '', of: ({ where }) => withoutUser(where) },
      { title: titles[1] ?? '', of: ({ events }) => `${events}`, align: 'right' },
      { title: titles[2] ?? '', of: ({ digest }) => digest },
    ],
    rows,
  );
  print(
    lang === 'en'
      ? `Both sides are the same; ${added} events were new. Tokens are signed by each data directory's own key: take signing-key.json along, or issue new ones. Take integrity/ along as well: it has the log's key and its checkpoints, without which the ledger would sign as another.`
      : `两边一致;本次新写 ${added} 个事件。令牌由各数据目录自己的密钥签发:请另行带上 signing-key.json,或重新签发。日志的密钥和检查点在 integrity/,也请一并带上,否则等于另立一本日志。`,
  );
};

/** Addresses may carry a user and a password; neither is ever printed. */
const withoutUser = (address: string): string => address.replace(/\/\/[^/@]*@/, '//');

const faultOf = (migration: Exclude<Migration, { readonly kind: 'migrated' }>): CommandFault => {
  switch (migration.kind) {
    case 'foreign': {
      const { number, at } = migration;
      return new CommandFault(
        EXIT.conflict,
        `目标的第 ${number} 个事件(${at.stream}@${at.revision},${at.type})不在来源的同一位置:目标是另一份台账,或已另有记账。目标没有改动。`,
        `Event ${number} of the target (${at.stream}@${at.revision}, ${at.type}) does not stand there in the source: the target is another ledger, or was written to since. It was left as it is.`,
      );
    }
    case 'stopped':
      return new CommandFault(
        EXIT.unavailable,
        `目标停止接收(本次已写 ${migration.added} 个事件):${JSON.stringify(migration.failure)}。再次运行会接着搬。`,
        `The target stopped taking events (${migration.added} were written): ${JSON.stringify(migration.failure)}. Running it again goes on from there.`,
      );
    case 'disordered': {
      const { at, added } = migration;
      return new CommandFault(
        EXIT.conflict,
        `目标没有按顺序写入:${at.stream}@${at.revision} 排到了前面的事件之前(此前 ${added} 个顺序正确),已停止。请清空目标后重新搬迁;来源没有改动。`,
        `The target did not keep the order: ${at.stream}@${at.revision} stands before an event that precedes it (${added} before it are in order). Empty the target and move the ledger again; the source was left as it is.`,
      );
    }
    case 'differs':
      return new CommandFault(
        EXIT.conflict,
        `两边不一致:来源 ${migration.source.events} 个事件,目标 ${migration.target.events} 个。搬迁期间有人写入;请停止写入后再比。`,
        `The sides differ: ${migration.source.events} and ${migration.target.events} events. Somebody wrote meanwhile; stop all writers and run it again.`,
      );
  }
};
