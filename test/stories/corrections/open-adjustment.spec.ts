import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { allocationIdOf, noticeIdOf } from '#event-codec/ids';
import { REFERENCE_PLAN } from '#importers/demo/reference-notice';
import { mz } from '../../support/mz.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { httpDoor, mzDoor, ON, type Door } from './doors.ts';

const { directory, remove } = temporaryDirectory();
afterAll(remove);

const { documentNumber, issuer } = REFERENCE_PLAN.notice;
const row = (annex: string, line: number) =>
  allocationIdOf(noticeIdOf(issuer, documentNumber), annex, line);
const [OPEN, OTHER] = [row('1', 2), row('3', 1)];
const APPROVAL = '〔2024〕94号';
/** It only takes, so its money waits. */
const DOCUMENT = {
  ...{ approval: APPROVAL, decidedOn: ON },
  legs: [{ allocationId: OPEN, direction: 'decrease', amount: '3', unit: '元' }],
};

/** Each as the API and as `mz` is asked it. */
const ANSWERS: readonly (readonly [path: string, question: readonly string[]])[] = [
  ['differences', ['diff']],
  [`differences?allocationId=${OPEN}`, ['diff', '--allocation', OPEN]],
  [`traces?of=${encodeURIComponent(`allocation:${OPEN}`)}`, ['trace', `allocation:${OPEN}`]],
  ['replay/end', ['replay', '--at', 'end']],
  [`replay/${ON}`, ['replay', '--at', ON]],
  ['announcements', ['announcements']],
];
/** About money, or a time, that the document does not touch. */
const UNTOUCHED: typeof ANSWERS = [
  [`differences?allocationId=${OTHER}`, ['diff', '--allocation', OTHER]],
  [`traces?of=${encodeURIComponent(`allocation:${OTHER}`)}`, ['trace', `allocation:${OTHER}`]],
  ['replay/start', ['replay', '--at', 'start']],
  ['replay/2024-05-01', ['replay', '--at', '2024-05-01']],
  ['differences?asOf=2024-05-01', ['diff', '--as-of', '2024-05-01']],
  ['announcements?asOf=2024-05-01', ['announcements', '--as-of', '2024-05-01']],
];

describe.each([
  ['mz', () => mzDoor(directory)],
  ['HTTP', () => httpDoor()],
] as const)('while an adjustment is open, %s', (_name, open) => {
  let door: Door;
  let adjustmentId = '';
  beforeAll(async () => {
    door = await open();
    const file = join(directory, 'waiting.json');
    writeFileSync(file, JSON.stringify(DOCUMENT));
    const mzWords = ['adjust', '--file', file];
    const entered = await door.enter({
      ...{ role: 'clerk', mz: mzWords, path: 'adjustments', body: DOCUMENT },
    });
    ({ adjustmentId } = entered as unknown as { readonly adjustmentId: string });
    expect(entered.refused).toBe('');
  });
  afterAll(() => door.close());

  test.each(ANSWERS)('names it beside the figures of %s', async (path, question) => {
    expect(await door.read(path, question)).toMatchObject({
      openAdjustments: [{ adjustmentId, approval: APPROVAL, allocationIds: [OPEN] }],
    });
  });

  test.each(UNTOUCHED)('says nothing of it beside the figures of %s', async (path, question) => {
    const answer = await door.read(path, question);
    expect(answer).toEqual(expect.any(Object));
    expect(answer).not.toHaveProperty('openAdjustments');
  });
});

describe('mz', () => {
  const asked = (...words: readonly string[]) => mz([...words, '--data', join(directory, 'by-mz')]);
  const says = `有资金调整没有办结(${APPROVAL}),有关数字可能还要变动。\n`;
  const saysEn = `Adjustments are open (${APPROVAL}); figures concerned may still change.\n`;

  test.each(ANSWERS)('says so in the reader’s language beside %s', async (_path, question) => {
    expect((await asked(...question)).stderr).toBe(says);
    expect((await asked(...question, '--lang', 'en')).stderr).toBe(saysEn);
  });

  test('says it of the step that a replay ends at, and not of those it walks over', async () => {
    const at = ['replay', '--at', 'end', '--back'];
    expect((await asked(...at, '2')).stderr).toBe('');
    expect((await asked('replay', '--at', 'start', '--to', 'end')).stderr).toBe(says);
  });

  test('says it no longer once the document is withdrawn', async () => {
    const listed = await asked('adjustments', '--open', '--json');
    const { adjustments } = JSON.parse(listed.stdout) as {
      readonly adjustments: readonly { readonly adjustmentId: string }[];
    };
    const { stdout: token } = await asked('token', '--role', 'clerk', '--name', '王');
    const withdrawn = await asked(
      ...['adjust-withdraw', adjustments[0]?.adjustmentId ?? '', '--reason', '文件有误'],
      ...['--on', ON, '--token', token.trim()],
    );
    expect(withdrawn).toMatchObject({ code: 0 });
    for (const [, question] of ANSWERS) expect((await asked(...question)).stderr).toBe('');
  });
});
