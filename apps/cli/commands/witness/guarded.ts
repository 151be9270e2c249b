import { readFileSync } from 'node:fs';
import { Malformed } from '#integrity/malformed';
import { WitnessExists } from '#transparency-log/witness/witness';
import { badInput, CommandFault, EXIT } from '../../session/exit-codes.ts';
import { run } from '../../session/run.ts';
import type { Session } from '../../session/session.ts';

/** What was brought from elsewhere may be anything; a witness may say no. */
export const guarded = (
  session: Session,
  work: () => Promise<void> | void,
  lang = 'zh',
): Promise<void> =>
  run(session, lang, async () => {
    try {
      await work();
    } catch (error) {
      if (error instanceof Malformed) throw badInput(`读不懂:${error.message}`, error.message);
      if (error instanceof WitnessExists) {
        throw new CommandFault(
          EXIT.conflict,
          '这里已有一个见证方,没有改动。',
          'There is a witness already; it was left as it is.',
        );
      }
      throw error;
    }
  });

export const readFile = (file: string): Buffer => {
  try {
    return readFileSync(file);
  } catch {
    throw badInput(`读不到文件 ${file}。`, `Cannot read ${file}.`);
  }
};

const REASONS: Readonly<Record<number, readonly [zh: string, en: string]>> = {
  403: [
    '它不认识这本日志或签名的密钥;请先 mz witness trust',
    'it does not know this log, or the key that signed; mz witness trust first',
  ],
  409: ['它联署到的事件数不同', 'it has cosigned another number of events'],
  422: [
    '新日志不是旧日志的延续:历史被改写',
    'the log does not continue the one it knew: history was rewritten',
  ],
};

export const refusedBy = (status: number, reason: string): CommandFault => {
  const [zh, en] = REASONS[status] ?? [reason, reason];
  return new CommandFault(
    EXIT.refused,
    `见证方没有联署(${status}):${zh}。${reason}`,
    `The witness did not cosign (${status}): ${en}. ${reason}`,
  );
};
