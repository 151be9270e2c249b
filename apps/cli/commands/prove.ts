import type { Command } from 'commander';
import { writeOutputFile } from '#files/whole-file';
import { presentEvent } from '#presentation/questions/event';
import { proveEvent } from '#transparency-log/prove/prove-event';
import { withCommonOptions, type CommonOptions } from '../session/common-options.ts';
import { identityOf } from '../session/log-identity.ts';
import { withReaderBeside } from '../session/open-ledger.ts';
import { provedOrFault } from '../session/proved-or-fault.ts';
import { run } from '../session/run.ts';
import type { Session } from '../session/session.ts';

interface Options extends CommonOptions {
  readonly out?: string;
}

export const registerProve = (program: Command, session: Session): void => {
  withCommonOptions(program.command('prove <event>'), session)
    .description('一个事件在已签名日志中的证明 proof that an event is in the signed log')
    .option('-o, --out <file>', '证明写到文件 write the proof to a file')
    .action((name: string, options: Options) =>
      run(session, options.lang, () =>
        withReaderBeside(session, options, (ledger) => prove(session, ledger, name, options)),
      ),
    );
};

const prove = async (
  { terminal: { print, printJson } }: Session,
  ledger: Parameters<typeof proveEvent>[0] & { readonly directory: string },
  name: string,
  { json, lang, out }: Options,
): Promise<void> => {
  const proved = provedOrFault(await proveEvent(ledger, identityOf(ledger.directory), name), name);
  const { event, line, checkpoint, proof } = proved;
  if (out !== undefined) await writeOutputFile(out, proof);
  if (json === true) return printJson({ position: Number(event.position), line, proof });
  print(`# ${presentEvent(event).sentence[lang]}`);
  print(
    lang === 'en'
      ? `# event ${event.position} of ${checkpoint.size} signed`
      : `# 第 ${event.position} 个事件,已签名 ${checkpoint.size} 个`,
  );
  if (out !== undefined) return;
  print(`# ${line}`);
  print(proof.trimEnd());
};
