import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { COMMAND_TABLE } from '#ledger/command-table';
import { EVENT_TABLE } from '#ledger/event-table';
import { EVENT_TYPES, type EventType } from '#ledger/event-types';
import { REMEDIES, type Remedy } from '#ledger/remedies';
import { correctionsView } from '#projections/corrections/view';
import { format } from 'prettier';
import { correctionsTable } from './corrections-table.ts';

const remedyOf = (type: EventType): Remedy => REMEDIES[type];

describe('what was entered wrongly', () => {
  test('is corrected as the table of the documentation says', async () => {
    // If not: npm run events
    const table = await format(correctionsTable(), { parser: 'markdown', printWidth: 110 });
    expect(readFileSync('docs/corrections.md', 'utf8')).toBe(table);
  });

  test('can be taken back, or is followed by another entry, wherever it moves money', () => {
    const moving = EVENT_TYPES.filter((type) => EVENT_TABLE[type].transfer !== null);
    expect(moving.filter((type) => remedyOf(type).kind === 'stands')).toEqual([]);
  });

  test('is taken back by an event of the same kind of stream, by a command of that stream', () => {
    for (const type of EVENT_TYPES) {
      const remedy = remedyOf(type);
      if (remedy.kind !== 'taken-back') continue;
      const { stream } = EVENT_TABLE[type];
      expect([type, EVENT_TABLE[remedy.by].stream]).toEqual([type, stream]);
      expect([type, COMMAND_TABLE[remedy.command].stream]).toEqual([type, stream]);
    }
  });

  test('moves its money back the way it came', () => {
    for (const type of EVENT_TYPES) {
      const remedy = remedyOf(type);
      const { transfer } = EVENT_TABLE[type];
      if (remedy.kind !== 'taken-back' || transfer === null) continue;
      const data = { from: 'unit', to: type === 'AllocationRecalled' ? 'quota' : 'unit' };
      const there = transfer(data as never);
      const back = EVENT_TABLE[remedy.by].transfer?.(data as never);
      expect([type, back]).toEqual([type, { from: there.to, to: there.from }]);
    }
  });

  test('is linked by the view of corrections, and its reversal known to the outside verifier', async () => {
    const verifier: string = new URL('../../audit/verify.mjs', import.meta.url).pathname;
    const { TAKES_BACK, MOVES } = (await import(verifier)) as {
      readonly TAKES_BACK: ReadonlyMap<string, readonly string[]>;
      readonly MOVES: ReadonlyMap<string, unknown>;
    };
    for (const type of EVENT_TYPES) {
      const remedy = remedyOf(type);
      // A request is followed by its decision, which names it; the journal shows both beside each other.
      if (remedy.kind !== 'taken-back' || remedy.command === 'RejectDisbursement') continue;
      expect([type, correctionsView.reads.includes(remedy.by)]).toEqual([type, true]);
      if (EVENT_TABLE[remedy.by].transfer === null || remedy.by === 'DisbursementReversed')
        continue;
      expect([type, TAKES_BACK.get(remedy.by)]).toEqual([type, expect.arrayContaining([type])]);
      expect([type, MOVES.has(remedy.by)]).toEqual([type, true]);
    }
  });
});
