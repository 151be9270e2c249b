import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { mz, mzLine } from '../support/mz.ts';
import { copyDemo } from '../support/shared-ledgers.ts';

interface Told {
  readonly command: string;
  readonly output: string;
}

/** Each `$ command` of a console block, with what the page says it prints. */
const told = [...readFileSync('docs/stories.md', 'utf8').matchAll(/```console\n(.*?)```/gs)]
  .flatMap(([, block = '']) => block.split(/^\$ /m).slice(1))
  .map((text): Told => {
    const [command = '', ...lines] = text.split('\n');
    return { command, output: lines.join('\n').trim() };
  });

const { directory, remove } = temporaryDirectory();
beforeAll(() => copyDemo(directory));
afterAll(remove);

/** A line of the page; `printf '…' |` before the command is what a person types into it. */
const run = async (command: string): Promise<string> => {
  const [, typed = '', line = ''] = /^(?:printf '([^']*)' \| )?(mz .*)$/.exec(command) ?? [];
  const { stdout } = await mzLine(line, { MZ_DATA: directory }, typed.replaceAll('\\n', '\n'));
  // A spreadsheet's mark and line ends are not for a page of text.
  return stdout
    .replace(/^\uFEFF/, '')
    .replaceAll('\r\n', '\n')
    .trim();
};

/** A line of `…` stands for any lines. */
const asPattern = (output: string): RegExp => {
  const parts = output.split(/^…\n/m).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('(?:.*\\n)+?')}$`);
};

describe('every story prints what its page says', () => {
  test('there is one for each of the inquiries', () => {
    const verbs = new Set(told.map(({ command }) => /mz (\w+)/.exec(command)?.[1]));
    for (const verb of ['explain', 'diff', 'statement', 'replay', 'trace', 'search', 'ageing']) {
      expect(verbs).toContain(verb);
    }
  });

  test.each(told.map(({ command, output }) => [command, output]))('%s', async (command, output) => {
    const printed = await run(command);
    if (output.includes('…\n')) expect(printed).toMatch(asPattern(output));
    else expect(printed).toBe(output);
  });
});

describe('what cannot be answered is said in a sentence, with exit code 2', () => {
  test.each([
    ['balances --as-of 2024-02-30', /不是存在的日期/],
    ['progress --as-of 2999-01-01', /还没有到/],
    ['journal --known-at tomorrow', /不是时刻/],
    ['balances --known-at 2999-01-01', /台账不知道以后的事/],
    ['register --position 99999', /日志只到位置/],
    ['balances --position 1 --known-at 2024-05-01', /只能写一个/],
    ['explain 什么', /没有指标“什么”;有:下达/],
    ['explain 支付 --place 神头', /是否指 朔城区\/神头街道、朔城区\/神头镇/],
    ['explain 支付 --notice 没有', /没有资金文件“没有”;有:朔区脱贫巩固组〔2024〕2号/],
    ['explain 支付 --skip -1', /不是正整数/],
    ['diff --from-as-of 2024-13-01 --from-position 99999', /不是存在的日期[^]*日志只到位置/],
    ['statement 没有村', /没有登记过“没有村”/],
    ['statement 东榆林村 --from 2024-02-30', /不是存在的日期/],
    ['replay --at 2024-02-30', /也不是关键日\(issue、year-end-2024\)/],
    ['replay --at issue --to nowhere', /也不是关键日/],
    ['trace 没有这样的', /没有找到/],
    ['trace 神头', /不止一项/],
    ['search 没有这样的', /没有找到/],
    ['ageing --on 2024-02-30', /不是存在的日期/],
  ])('mz %s', async (line, sentence) => {
    const { code, stderr } = await mz([...line.split(' '), '--data', directory]);
    expect([line, code]).toEqual([line, 2]);
    expect(stderr).toMatch(sentence);
    expect(stderr).not.toMatch(/at .*\.ts:/);
  });
});
