import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { EVENT_TYPES } from '#ledger/event-types';
import { REMEDIES } from '#ledger/remedies';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { httpDoor, mzDoor, type Door, type Entering } from './doors.ts';
import { REASON, STORIES, answering, objecting, posting, type Scene } from './entries.ts';
import { ENTRIES } from './money-entries.ts';

const { directory, remove } = temporaryDirectory();
afterAll(remove);

test('every entry that a reversal takes back has its story', () => {
  const taken = EVENT_TYPES.filter((type) => REMEDIES[type].kind === 'taken-back');
  const told = [...STORIES, ...ENTRIES].map(({ type }) => type);
  expect(taken.filter((type) => !told.includes(type))).toEqual([]);
});

interface Posted {
  readonly announcementId?: string;
  readonly openObjections?: number;
}

describe.each([
  ['mz', () => mzDoor(directory)],
  ['HTTP', () => httpDoor()],
] as const)('a wrong entry beside the money, taken back by %s', (_name, open) => {
  let door: Door;
  let scene: Scene;
  beforeAll(async () => {
    door = await open();
    const { payees } = (await door.read('payees', ['payee', 'list'])) as {
      readonly payees: readonly { readonly payeeId: string }[];
    };
    scene = { directory, ids: {}, payeeId: payees[0]?.payeeId ?? '' };
  });
  afterAll(() => door.close());

  const enter = async (entering: (scene: Scene) => Entering) => {
    const { ids, refused } = await door.enter(entering(scene));
    expect(refused).toBe('');
    scene = { ...scene, ids: { ...scene.ids, ...ids } };
  };

  test.each(STORIES)('$type: read aloud, and the figures are as before', async (story) => {
    const atFirst = await door.figures();
    for (const needed of story.needs ?? []) await enter(needed);
    const before = story.goesWithNeeds === true ? atFirst : await door.figures();
    await enter(story.wrong);
    const wrong = (await door.journal()).findLast(({ type }) => type === story.type);
    const undone = await door.takeBack(
      ...([wrong?.position ?? 0, story.takenBackBy, REASON, story.approval] as const),
    );
    expect(undone.refused).toBe('');
    const journal = await door.journal();
    const [made, back] = [wrong?.position, undone.position].map((position) =>
      journal.find((one) => one.position === position),
    );
    expect([made?.type, back?.type]).toEqual([story.type, story.takenBackAs]);
    expect([made?.sentence, back?.sentence]).toEqual(
      [story.wrongly, story.back].map(([zh, en]) => ({ zh, en })),
    );
    if (story.linkedAs !== undefined) {
      const [of, by] = [back, made].map((one) => [{ kind: story.linkedAs, eventId: one?.id }]);
      expect(made?.correctedBy).toEqual(expect.arrayContaining(of ?? []));
      expect(back?.corrects).toEqual(by);
    }
    expect(await door.figures()).toEqual(before);
    const again = await door.takeBack(
      ...([made?.position ?? 0, story.takenBackBy, REASON, story.approval] as const),
    );
    expect(again.refused).not.toBe('');
  });

  test('an objection whose answer was taken back is open on the board, and is answered anew', async () => {
    const openObjections = async () => {
      const board = await door.read('announcements', ['announcements']);
      const { entries } = board as { readonly entries: readonly Posted[] };
      const { announcementId } = scene.ids;
      return entries.find((one) => one.announcementId === announcementId)?.openObjections;
    };
    for (const needed of [posting, objecting, answering]) await enter(needed);
    expect(await openObjections()).toBe(0);
    const answer = (await door.journal()).findLast(({ type }) => type === 'ObjectionAnswered');
    const revoked = await door.takeBack(answer?.position ?? 0, 'clerk', REASON);
    expect([revoked.refused, await openObjections()]).toEqual(['', 1]);
    await enter(answering);
    expect(await openObjections()).toBe(0);
    const withdrawn = (await door.journal()).findLast(({ type }) => type === 'ObjectionRaised');
    expect((await door.takeBack(withdrawn?.position ?? 0, 'clerk', REASON)).refused).toBe('');
    const late = await door.takeBack(answer?.position ?? 0, 'clerk', REASON);
    expect(late.refused).toContain('该异议已经撤回');
  });
});
