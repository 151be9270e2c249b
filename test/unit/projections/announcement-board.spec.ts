import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { announcementBoard } from '#projections/announcement-board/query';
import { demoLedger, type OpenedLedger } from '../history/ledgers.ts';

let opened: OpenedLedger;
beforeAll(async () => {
  opened = await demoLedger();
});
afterAll(() => opened.close());

test('given a log with a due time that no door takes today, the board answers nevertheless', async () => {
  const { store, views } = opened.ledger;
  const stream = 'parameter-announcement-due-working-days';
  for (const [times, integer] of [Number.MAX_SAFE_INTEGER, 20].entries()) {
    for await (const before of store.readStream(stream, { direction: 'backwards', limit: 1 })) {
      const { type, meta, revision } = before;
      const data = { ...before.data, value: { kind: 'integer', integer } };
      const id = `0197a000-0000-7000-8000-0000000000${20 + times}`;
      const { kind } = await store.append(stream, revision, [{ id, type, data, meta }]);
      expect(kind).toBe('appended');
    }
    await views.catchUp();
    const days = announcementBoard(views.db, { on: '2025-06-30' }).flatMap(
      ({ dueOn }) => dueOn ?? [],
    );
    expect(days.every((day) => (day === '9999-12-31') === (integer !== 20))).toBe(true);
    expect(days.length).toBeGreaterThan(0);
  }
});

test('given a posting that was withdrawn, the stage is owed again from the same day, beside it', async () => {
  const { execute, views } = opened.ledger;
  const on = '2025-06-30';
  const board = () => announcementBoard(views.db, { on });
  const posted = board().find(({ status }) => status === 'overdue');
  const { allocationId, stage, announcementId = '' } = posted ?? {};
  const outcome = await execute(
    { type: 'WithdrawAnnouncement', data: { announcementId, reason: '金额有误' } },
    {
      commandId: '0197a000-0000-7000-8000-00000000000a',
      actor: { id: 'chen', organisation: '乡', role: 'township' },
      occurredOn: '2024-12-24',
    },
  );
  expect(outcome.kind).toBe('happened');
  await views.catchUp();
  const now = board().filter((one) => one.allocationId === allocationId && one.stage === stage);
  expect(now.map(({ status }) => status)).toEqual(['missing', 'withdrawn']);
  expect(now[0]?.dueOn).toMatch(/^2024-/);
  expect(board().filter(({ status }) => status === 'missing').length).toBeGreaterThan(0);
});
