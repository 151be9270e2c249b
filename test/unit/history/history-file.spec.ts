import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { copyFileSync, existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { TRANSFER_KINDS } from '#ledger/fund/transfer';
import { generateInto } from '#importers/synthetic/generate-into';
import { balancesAt } from '#history/questions/balances-at';
import { readHistoryFile } from '#history/postings/history-file';
import { NO_DAY_LIMIT } from '#history/as-of/as-of-request';
import type { Posting } from '#history/postings/postings';
import { openLedger } from '#wiring/ledger';
import { copyDemo } from '../../support/shared-ledgers.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

describe('the history beside the log', () => {
  let directory: string;
  let remove: () => void;
  const file = () => join(directory, 'history.postings');
  beforeEach(async () => {
    ({ directory, remove } = temporaryDirectory());
    await copyDemo(directory);
  });
  afterEach(() => remove());

  /** Totals of the ledger, by its history, opened anew; and where the file stood before. */
  const ask = async () => {
    const ledger = await openLedger({ directory });
    const history = await ledger.historicalReads.history({ position: 0 });
    const asOf = { position: history.position, day: NO_DAY_LIMIT };
    const { totals } = balancesAt(history, asOf);
    const head = Number(await ledger.store.head());
    await ledger.close();
    const { places, allocations } = history.dimensions;
    const postings: Posting[] = [];
    history.postings.each(asOf, (posting) => postings.push({ ...posting }));
    return { totals, position: history.position, head, places, allocations, postings };
  };
  const keptPosition = () => readHistoryFile(file())?.position;

  test('is written when somebody asked, and believed at the next start', async () => {
    expect(existsSync(file())).toBe(false);
    const first = await ask();
    expect(keptPosition()).toBe(first.head);
    expect(await ask()).toEqual(first);
  });

  test.each<[string, (file: string) => void]>([
    ['cut short', (name) => truncateSync(name, readFileSync(name).length - 100)],
    ['empty', (name) => writeFileSync(name, '')],
    ['no history at all', (name) => writeFileSync(name, 'some text that somebody saved here')],
    ['changed in one bit of a posting', (name) => flip(name, firstPosting(name))],
    [
      'changed in a date of its heading',
      (name) => flip(name, readFileSync(name).indexOf('"day":') + 9),
    ],
    ['of a release that knew other transfer kinds', withOtherTransferKinds],
  ])('%s is made anew from the log', async (_what, spoil) => {
    const first = await ask();
    spoil(file());
    expect(await ask()).toEqual(first);
    expect(keptPosition()).toBe(first.head);
  });

  test('of another ledger is made anew from the log', async () => {
    const other = temporaryDirectory();
    const ledger = await openLedger({ directory: other.directory, following: false });
    await generateInto(ledger.store, { villages: 2, years: 1, seed: 3 }, () => undefined);
    await ledger.historicalReads.history({ position: 0 });
    await ledger.close();
    const first = await ask();
    copyFileSync(join(other.directory, 'history.postings'), file());
    expect(await ask()).toEqual(first);
    other.remove();
  });
});

/** Where the postings begin, behind the heading and what fills it up to eight bytes. */
const firstPosting = (name: string): number =>
  Math.ceil((16 + readFileSync(name).readUInt32LE(8)) / 8) * 8;

/** The heading of another release, sound in itself. */
function withOtherTransferKinds(name: string): void {
  const bytes = readFileSync(name);
  const heading = bytes.subarray(16, 16 + bytes.readUInt32LE(8));
  const known = `"transferKinds":${TRANSFER_KINDS.length}`;
  heading.write(
    `"transferKinds":${TRANSFER_KINDS.length - 1}`.padEnd(known.length),
    heading.indexOf(known),
  );
  bytes.writeUInt32LE(crc32(heading), 12);
  writeFileSync(name, bytes);
}

const flip = (name: string, at: number): void => {
  const bytes = readFileSync(name);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(name, bytes);
};
