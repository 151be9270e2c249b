import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { NewEvent, RecordedEvent } from '#event-store/port';
import { idOf } from '#event-codec/ids';
import { openLedger } from '#wiring/ledger';
import { mz } from '../support/mz.ts';
import { copyDemo } from '../support/shared-ledgers.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

/** A line of a passbook that nothing in the ledger stands for, and the colours to hide it with. */
const FORGED = '甲\n2024-12-30  到账 9,000,000.00 元\u001b[8m\u009b2J\u202e\u2028乙';
const SHOWN = '甲\\u000a2024-12-30  到账 9,000,000.00 元\\u001b[8m\\u009b2J\\u202e\\u2028乙';

/** Where the texts of an event are, for each type that a ledger may have taken over with such a text. */
const FORGERIES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  PlaceRenamed: { name: FORGED },
  FundsReleased: { unit: FORGED },
  FundsDisbursed: { voucher: FORGED, paymentId: idOf('forged', 'payment') },
  FundsReturned: { reason: FORGED, voucher: FORGED },
  AnnouncementWithdrawn: { reason: FORGED },
  ObjectionRaised: { matter: FORGED, objectionId: idOf('forged', 'objection') },
};

const { directory, remove } = temporaryDirectory();
afterAll(remove);

/** The demo, and one event more of each of those types, on the stream of 东榆林村 where it is of a fund. */
beforeAll(async () => {
  await copyDemo(directory);
  const { store, close } = await openLedger({ directory, following: false });
  const events: RecordedEvent[] = [];
  for await (const event of store.readAll()) events.push(event);
  const fund = events.find(({ data }) => data['voucher'] === '示例-国库对账-20240820-d85a');
  const village = events.find(({ data }) => data['name'] === '东榆林村');
  const posted = events.find(({ type }) => type === 'AnnouncementPosted');
  const actor = { ...fund?.meta, actorId: FORGED };
  const append = async (beside: RecordedEvent | undefined, type: string, data: object) => {
    const own = events.filter(({ stream }) => stream === beside?.stream);
    const id = idOf('forged', type);
    const schemaVersion = type === 'FundsDisbursed' ? '2' : '1';
    const event: NewEvent = {
      id,
      type,
      meta: { ...actor, schemaVersion },
      data: { ...data, ...FORGERIES[type] },
    };
    const answer = await store.append(beside?.stream ?? '', BigInt(own.length - 1), [event]);
    expect(answer.kind).toBe('appended');
    const last = own.at(-1);
    if (last !== undefined) events.push({ ...last, ...event });
  };
  const { allocationId } = fund?.data ?? {};
  await append(fund, 'FundsReleased', { allocationId, amountFen: 100 });
  await append(fund, 'FundsDisbursed', { ...fund?.data, amountFen: 100 });
  await append(fund, 'FundsReturned', { allocationId, amountFen: 100, from: 'treasury' });
  await append(village, 'PlaceRenamed', { placeId: village?.data['placeId'] });
  const { announcementId } = posted?.data ?? {};
  await append(posted, 'ObjectionRaised', { announcementId });
  await append(posted, 'AnnouncementWithdrawn', { announcementId });
  await close();
});

const asked = async (...parameters: readonly string[]) => {
  const { code, stdout, stderr } = await mz([...parameters, '--data', directory]);
  expect([code, stderr]).toEqual([0, '']);
  return stdout;
};

const placeId = async (): Promise<string> => {
  const { places } = JSON.parse(await asked('places', '--json')) as {
    readonly places: readonly { readonly placeId: string; readonly name: string }[];
  };
  return places.find(({ name }) => name === FORGED)?.placeId ?? '';
};

const COMMANDS: readonly (readonly string[])[] = [
  ['journal', '--limit', '500'],
  ['trace', '示例-国库对账-20240820-d85a', '--forward'],
  ['search', '甲\n'],
  ['explain', 'onHandFen'],
  ['diff', '--from-as-of', '2024-06-30', '--events', '--by', 'place'],
  ['replay', '--at', 'end'],
  ['replay', '--at', 'end', '--to', 'start'],
  ['balances'],
  ['progress', '--by', 'place'],
  ['register'],
  ['places'],
  ['announcements'],
  ['ageing', '--lots'],
];

describe('given old events whose texts hold line breaks and commands to a terminal', () => {
  test.each([...COMMANDS, ...COMMANDS.map((command) => [...command, '--json'])])(
    'mz %s %s %s prints none of them',
    async (...command) => {
      const lines = (await asked(...command)).split('\n');
      expect(lines.filter((line) => /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u.test(line))).toEqual(
        [],
      );
      expect(lines.filter((line) => line.startsWith('2024-12-30  到账'))).toEqual([]);
    },
  );

  test.each([[[]], [['--csv']]])(
    'the passbook %j has one line an event, the text escaped',
    async (more) => {
      const printed = await asked('statement', await placeId(), ...more);
      const lines = printed.split(/\r?\n/).filter((line) => line.includes('2024'));
      expect(lines.filter((line) => line.startsWith('2024-12-30'))).toEqual([]);
      expect(printed).toContain(`凭证 ${SHOWN}`);
      expect(/[^\P{Cc}\r\n]|[\p{Zl}\p{Zp}\p{Bidi_Control}]/u.test(printed)).toBe(false);
    },
  );
});
