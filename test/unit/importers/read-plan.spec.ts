import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { NOTHING_KNOWN } from '#importers/plan/known-ledger';
import { planImport } from '#importers/plan/plan-commands';
import { readPlan } from '#importers/plan/read-plan';

/** The two examples that people copy from. */
const documented = readFileSync('docs/plan-format.md', 'utf8');
const exampleIn = (language: string): string =>
  new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``).exec(documented)?.[1] ?? '';
const read = (name: string, bytes: Uint8Array) => planImport(readPlan(name, bytes), NOTHING_KNOWN);
const json = read('plan.json', Buffer.from(exampleIn('json')));
const csv = exampleIn('csv');

/** What an old spreadsheet saves: two bytes for each Chinese character. */
const inGb18030 = (text: string): Uint8Array => {
  const decoder = new TextDecoder('gb18030');
  const bytesOf = new Map<string, readonly number[]>();
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      bytesOf.set(decoder.decode(Uint8Array.of(lead, trail)), [lead, trail]);
    }
  }
  return Uint8Array.from(
    [...text].flatMap((char) => {
      const ascii = char.charCodeAt(0);
      return ascii < 0x80 ? [ascii] : (bytesOf.get(char) ?? []);
    }),
  );
};

describe('the documented plan', () => {
  test('is a good one', () => {
    expect(json.kind).toBe('read');
  });

  test.each([
    ['UTF-8', Buffer.from(csv)],
    ['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${csv}`)],
    ['UTF-8 with Windows line ends', Buffer.from(csv.replaceAll('\n', '\r\n'))],
    ['GB18030', inGb18030(csv)],
  ])('reads the same from a CSV file in %s', (_encoding, bytes) => {
    expect(read('plan.csv', bytes)).toEqual(json);
  });

  test('in bytes of no encoding is refused', () => {
    const bytes = Uint8Array.from([...Buffer.from(csv), 0xff, 0xff]);
    expect(read('plan.csv', bytes)).toMatchObject({ kind: 'faulty' });
    expect(read('plan.json', bytes)).toMatchObject({ kind: 'faulty' });
  });
});

describe('a faulty CSV plan', () => {
  const faultsOf = (text: string) => {
    const plan = read('plan.csv', Buffer.from(text));
    return plan.kind === 'faulty' ? plan.faults.map(({ at }) => at) : [];
  };
  const replaced = (from: string, to: string) => csv.replace(from, to);

  test('tells every fault at once, of form and of meaning, with its line and column', () => {
    const text = replaced('notice,date,2024-04-26', 'notice,date,2024-02-30')
      .replace(',15,农灌', ',-15,农灌')
      .replace('row,3,1,朔城区,神头镇', 'row,3,1,朔城区,神头街道');
    expect(faultsOf(text)).toEqual(['行 4 列 C', '行 14 列 D', '行 14 列 G', '行 13 列 E']);
  });

  test('is not called wrong twice: no total is judged where a row could not be read', () => {
    expect(faultsOf(replaced('万元,15\n', '亿元,15\n'))).toEqual(['行 13 列 D']);
  });

  test('names a line that is of no kind', () => {
    expect(faultsOf(`${csv}altogether,15\n`)).toHaveLength(1);
  });
});
