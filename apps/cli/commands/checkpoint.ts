import type { Command } from 'commander';
import { writeOutputFile } from '#files/whole-file';
import { publishCheckpoint } from '#transparency-log/sign/publish-checkpoint';
import { addLogKey, readLogKeys, vkeysOf } from '#transparency-log/keys/log-keys';
import { publishTiles } from '#transparency-log/publish/publish-tiles';
import { withCommonOptions, type CommonOptions } from '../session/common-options.ts';
import { withExistingLedger } from '../session/open-ledger.ts';
import { run } from '../session/run.ts';
import type { Session } from '../session/session.ts';

interface Options extends CommonOptions {
  readonly addKey?: boolean;
  readonly out?: string;
  readonly publish?: string;
}

export const registerCheckpoint = (program: Command, session: Session): void => {
  const { print, printJson } = session.terminal;
  withCommonOptions(program.command('checkpoint'), session)
    .description('对到目前为止的全部事件签名 sign the tree over all events there are')
    .option('-o, --out <file>', '另存检查点 write it to a file as well')
    .option(
      '--publish <dir>',
      '把检查点和哈希瓦片写入目录,供任何网站公布 write checkpoint and tiles for a web server',
    )
    .option('--add-key', '加一把密钥,与原有的一起签名 a further key signs beside the others')
    .action((options: Options) =>
      run(session, options.lang, () =>
        withExistingLedger(session, options, async (ledger) => {
          if (options.addKey === true) {
            const [first] = readLogKeys(ledger.directory);
            if (first !== undefined) addLogKey(ledger.directory, first.verifier.name);
          }
          const checkpoint = await publishCheckpoint(ledger, session.clock);
          if (options.out !== undefined) await writeOutputFile(options.out, checkpoint.note);
          const tiles =
            options.publish === undefined
              ? undefined
              : publishTiles(options.publish, checkpoint, ledger.tree);
          const vkeys = vkeysOf(readLogKeys(ledger.directory));
          if (options.json === true)
            return printJson({ ...checkpoint, vkeys, ...(tiles !== undefined && { tiles }) });
          print(
            options.lang === 'en'
              ? `Signed: ${checkpoint.size} events. Keep this where the ledger's keepers cannot reach it:\n`
              : `已签名:${checkpoint.size} 个事件。请把下面的文字保存在台账管理者够不着的地方:\n`,
          );
          print(checkpoint.note);
          print(options.lang === 'en' ? 'To verify with:' : '验证用的公钥:');
          for (const vkey of vkeys) print(vkey);
          if (tiles === undefined) return;
          print(
            options.lang === 'en'
              ? `Published in ${options.publish}: the checkpoint and ${tiles} new tiles.`
              : `已公布到 ${options.publish}:检查点和新的 ${tiles} 片哈希瓦片。`,
          );
        }),
      ),
    );
};
