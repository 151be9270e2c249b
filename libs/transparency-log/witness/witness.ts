import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createWholeFile, writeWholeFile } from '#files/whole-file';
import { StoreUnusable } from '#event-store/store-unusable';
import { COSIGNATURE, formatVkey, parseVkey } from '#integrity/key';
import { newSkey, parseSkey } from '#integrity/signer';
import type { TreeHead } from '#integrity/tree';
import { answerAddCheckpoint, type WitnessAnswer } from '#integrity/witness';

/** Somebody who cosigns the checkpoints of a ledger as long as each continues the one before. */
export interface Witness {
  readonly vkey: string;
  /** Takes checkpoints that this key signed from now on. */
  readonly trust: (vkey: string) => void;
  /** Answers the body of a request, from the network or from a file. */
  readonly answer: (body: Uint8Array | string, posixSeconds: number) => WitnessAnswer;
}

/** What a witness knows of one log. */
interface KnownLog {
  readonly vkeys: readonly string[];
  readonly latest?: TreeHead;
}

type KnownLogs = Readonly<Record<string, KnownLog>>;

const KEY_FILE = 'witness.skey';
const LOGS_FILE = 'logs.json';

/** The directory has a witness, whose key must not be replaced. */
export class WitnessExists extends Error {
  constructor(directory: string) {
    super(`There is a witness in ${directory}.`);
    this.name = 'WitnessExists';
  }
}

/** Makes a witness in a directory of its own. Throws `WitnessExists` and changes nothing where one is. */
export const makeWitness = (directory: string, name: string): Witness => {
  const isMade = createWholeFile(join(directory, KEY_FILE), `${newSkey(name, COSIGNATURE)}\n`);
  if (!isMade) throw new WitnessExists(directory);
  return openWitness(directory);
};

export const openWitness = (directory: string): Witness => {
  const keyFile = join(directory, KEY_FILE);
  if (!existsSync(keyFile)) throw noWitness(directory);
  const key = parseSkey(readFileSync(keyFile, 'utf8').trim());
  const file = join(directory, LOGS_FILE);
  // Written below, and by nobody else.
  const read = (): KnownLogs =>
    existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as KnownLogs) : {};
  const write = (logs: KnownLogs): void =>
    writeWholeFile(file, `${JSON.stringify(logs, null, 2)}\n`);

  return {
    vkey: formatVkey(key.verifier),
    trust: (vkey) => {
      const { name } = parseVkey(vkey);
      const logs = read();
      const known = logs[name] ?? { vkeys: [] };
      write({ ...logs, [name]: { ...known, vkeys: [...new Set([...known.vkeys, vkey])] } });
    },
    // Read, judged and written without waiting for anybody in between: nothing can be cosigned twice.
    answer: (body, posixSeconds) => {
      const logs = read();
      const logOf = (origin: string) => {
        const known = logs[origin];
        return known && { keys: known.vkeys.map(parseVkey), latest: known.latest };
      };
      const answer = answerAddCheckpoint(body, logOf, [key.signerAt(posixSeconds)]);
      if (answer.cosigned !== undefined) {
        const { origin, after } = answer.cosigned;
        write({ ...logs, [origin]: { vkeys: logs[origin]?.vkeys ?? [], latest: after } });
      }
      return answer;
    },
  };
};

const noWitness = (directory: string): StoreUnusable =>
  new StoreUnusable(
    'foreign-file',
    `There is no witness in ${directory}. Make one with \`mz witness init\`.`,
    `${directory} 里没有见证方;请先用 mz witness init 建立。`,
  );
