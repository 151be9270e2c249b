import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { EVENT_TYPES } from '#ledger/event-types';
import { REMEDIES } from '#ledger/remedies';
import { remedySentence } from '#presentation/remedy-sentence';
import { mz } from '../../support/mz.ts';

const FOLLOWED = EVENT_TYPES.filter((type) => REMEDIES[type].kind === 'followed');
const { paths } = JSON.parse(readFileSync('docs/openapi.json', 'utf8')) as {
  readonly paths: Readonly<Record<string, { readonly post?: object }>>;
};

test.each(FOLLOWED)('what follows %s is named with a command of mz that there is', async (type) => {
  const named = [...remedySentence(type).en.matchAll(/mz ([a-z-]+(?: [a-z-]+)?)(?= or|[):,])/g)];
  expect(named.length).toBeGreaterThan(0);
  for (const [, words = ''] of named) {
    const { code, stdout } = await mz([...words.split(' '), '--help']);
    expect([words, code, stdout.split(/ \[| </)[0]]).toEqual([words, 0, `Usage: mz ${words}`]);
  }
});

test('every path named there takes a POST', () => {
  const named = FOLLOWED.flatMap(
    (type) => remedySentence(type).zh.match(/\/api[^\s,)。;]+/g) ?? [],
  );
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((path) => paths[path]?.post === undefined)).toEqual([]);
});

test('what is wrong in an adjustment is undone by another document, not by a reversal', () => {
  expect(remedySentence('AllocationAdjusted').zh).toBe(
    '资金调整不作冲销;如有误,请另记一份方向相反的调整文件(mz adjust 或 POST /api/v1/adjustments)。',
  );
});
