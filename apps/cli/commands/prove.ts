import type { Command } from 'commander';
import { tellEvent } from '#history/tell/event';
import { proveEvent } from '#wiring/checkpoints/prove-event';
import { EXIT, CommandFault } from '../exit-codes.ts';
import { identityOf } from '../log-identity.ts';
import { print, printJson } from '../output.ts';
import {
  badInput,
  run,
  withCommonOptions,
  withReaderBeside,
  type CommonOptions,
} from '../session.ts';

export const registerProve = (program: Command): void => {
  withCommonOptions(program.command('prove <event>'))
    .description('一个事件在已签名日志中的证明 proof that an event is in the signed log')
    .action((name: string, options: CommonOptions) =>
      run(options.lang, () =>
        withReaderBeside(options, async (ledger) => {
          const proof = await proveEvent(ledger, identityOf(ledger.directory), name);
          switch (proof.kind) {
            case 'unknown':
              throw badInput(
                `没有事件“${name}”;请写日志位置,或编号的前八位以上。`,
                `There is no event “${name}”; give its position, or eight or more characters of its id.`,
              );
            case 'ambiguous':
              throw badInput(
                `“${name}”对应 ${proof.events} 个事件,请多写几位。`,
                `“${name}” begins ${proof.events} events; give more of it.`,
              );
            case 'not-signed-yet':
              throw new CommandFault(
                EXIT.unavailable,
                '这个事件在最近一次签名之后;先用 mz checkpoint 签名。',
                'This event came after the newest checkpoint; sign with mz checkpoint first.',
              );
            case 'proved': {
              const { event, line, checkpoint } = proof;
              if (options.json === true) {
                return printJson({ position: Number(event.position), line, proof: proof.proof });
              }
              const { sentence } = tellEvent(event);
              print(`# ${sentence[options.lang]}`);
              print(
                options.lang === 'en'
                  ? `# event ${event.position} of ${checkpoint.size} signed`
                  : `# 第 ${event.position} 个事件,已签名 ${checkpoint.size} 个`,
              );
              print(`# ${line}`);
              print(proof.proof.trimEnd());
            }
          }
        }),
      ),
    );
};
