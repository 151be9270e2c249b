import type { Command } from 'commander';
import { writeOutputFile } from '#files/whole-file';
import { presentEvent } from '#presentation/questions/event';
import { proveEvent } from '#transparency-log/prove/prove-event';
import { identityOf } from '../log-identity.ts';
import { print, printJson } from '../output.ts';
import { provedOrFault } from '../proved-or-fault.ts';
import { run, withCommonOptions, withReaderBeside, type CommonOptions } from '../session.ts';

interface Options extends CommonOptions {
  readonly out?: string;
}

export const registerProve = (program: Command): void => {
  withCommonOptions(program.command('prove <event>'))
    .description('一个事件在已签名日志中的证明 proof that an event is in the signed log')
    .option('-o, --out <file>', '证明写到文件 write the proof to a file')
    .action((name: string, options: Options) =>
      run(options.lang, () => withReaderBeside(options, (ledger) => prove(ledger, name, options))),
    );
};

const prove = async (
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
