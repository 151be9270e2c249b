import type { Command } from 'commander';
import { examine } from '#operations/doctor/examine';
import type { Diagnosis } from '#operations/doctor/diagnosis';
import { EXIT } from '../exit-codes.ts';
import { print, printJson } from '../output.ts';
import { placeOf, run, withCommonOptions, type CommonOptions } from '../session.ts';

const MARKS: Readonly<Record<Diagnosis['state'], string>> = { ok: '✓', warning: '!', fault: '✗' };

export const registerDoctor = (program: Command): void => {
  withCommonOptions(program.command('doctor'))
    .description('检查配置、存储、视图、磁盘和时钟,并说怎么办 check everything, and say what to do')
    .action((options: CommonOptions) =>
      run(options.lang, async () => {
        const findings = await examine({
          ...placeOf(options),
          environment: process.env,
          now: Date.now(),
        });
        const isSound = findings.every(({ state }) => state !== 'fault');
        if (options.json === true) printJson({ sound: isSound, findings });
        else for (const one of findings) print(`${MARKS[one.state]} ${one[options.lang]}`);
        if (!isSound) process.exitCode = EXIT.unavailable;
      }),
    );
};
