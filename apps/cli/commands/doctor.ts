import type { Command } from 'commander';
import { examine } from '#operations/doctor/examine';
import type { Diagnosis } from '#operations/doctor/diagnosis';
import { printable } from '#presentation/printable';
import { placeOf, withCommonOptions, type CommonOptions } from '../session/common-options.ts';
import { EXIT } from '../session/exit-codes.ts';
import { run } from '../session/run.ts';
import type { Session } from '../session/session.ts';

const MARKS: Readonly<Record<Diagnosis['state'], string>> = { ok: '✓', warning: '!', fault: '✗' };

export const registerDoctor = (program: Command, session: Session): void => {
  const { print, printJson } = session.terminal;
  withCommonOptions(program.command('doctor'), session)
    .description('检查配置、存储、视图、磁盘和时钟,并说怎么办 check everything, and say what to do')
    .action((options: CommonOptions) =>
      run(session, options.lang, async () => {
        const diagnoses = await examine({
          ...placeOf(options),
          environment: session.settings.environment,
          keyFiles: session.settings.keyFiles,
          now: Date.parse(session.clock()),
        });
        const isSound = diagnoses.every(({ state }) => state !== 'fault');
        if (options.json === true) printJson({ sound: isSound, findings: diagnoses });
        else
          for (const one of diagnoses) print(printable(`${MARKS[one.state]} ${one[options.lang]}`));
        if (!isSound) session.exitWith(EXIT.unavailable);
      }),
    );
};
