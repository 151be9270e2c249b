import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { EVENT_TYPES, type EventType } from '#ledger/event-types';
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

/** A plan is not answered with the number of one entry. */
const OF_PLAN: ReadonlySet<EventType> = new Set(['NoticeIssued', 'FundsAllocated']);

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
  /** What the books came to after the story before. */
  let figures: unknown;
  beforeAll(async () => {
    door = await open();
    figures = await door.figures();
    const { payees } = (await door.read('payees', ['payee', 'list'])) as {
      readonly payees: readonly { readonly payeeId: string }[];
    };
    scene = { directory, ids: {}, payeeId: payees[0]?.payeeId ?? '' };
  });
  afterAll(() => door.close());

  const enter = async (entering: (scene: Scene) => Entering) => {
    const { ids, refused, position } = await door.enter(entering(scene));
    expect(refused).toBe('');
    scene = { ...scene, ids: { ...scene.ids, ...ids } };
    return position;
  };

  const newest = async (type: EventType) =>
    (await door.journal()).findLast((one) => one.type === type)?.position ?? 0;

  test.each(STORIES)('$type: read aloud, and the figures are as before', async (story) => {
    for (const needed of story.needs ?? []) await enter(needed);
    const isLeft = story.needs !== undefined && story.goesWithNeeds !== true;
    const before = isLeft ? await door.figures() : figures;
    const answered = await enter(story.wrong);
    const wrong = OF_PLAN.has(story.type) ? await newest(story.type) : answered;
    const undone = await door.takeBack(
      ...([wrong, story.takenBackBy, REASON, story.approval] as const),
    );
    expect(undone.refused).toBe('');
    const journal = await door.journal();
    const [made, back] = [wrong, undone.position].map((position) =>
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
    figures = await door.figures();
    expect(figures).toEqual(before);
    const again = await door.takeBack(
      ...([wrong, story.takenBackBy, REASON, story.approval] as const),
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
    await enter(posting);
    const raised = await enter(objecting);
    const answer = await enter(answering);
    expect(await openObjections()).toBe(0);
    const revoked = await door.takeBack(answer, 'clerk', REASON);
    expect([revoked.refused, await openObjections()]).toEqual(['', 1]);
    await enter(answering);
    expect(await openObjections()).toBe(0);
    expect((await door.takeBack(raised, 'clerk', REASON)).refused).toBe('');
    const late = await door.takeBack(answer, 'clerk', REASON);
    expect(late.refused).toContain('该异议已经撤回');
  });
});
