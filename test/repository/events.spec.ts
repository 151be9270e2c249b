import { beforeAll, describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { hash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createExecutor } from '#application/commands/execute';
import { openMemoryStore } from '#event-store/memory-store';
import { eventOfLine } from '#event-codec/event-line';
import type { RecordedEvent } from '#event-store/port';
import { VIEWS } from '#projections/registry';
import { toViewEvent } from '#projections/engine/view-event';
import { EVENT_TABLE } from '#ledger/event-table';
import { EVENT_TYPES, introducedBy, isEventType, reliedOnBy } from '#ledger/event-types';
import type { LedgerCommand } from '#ledger/ledger-events';
import { idOf } from '#event-codec/ids';
import { COMMANDS } from '../unit/ledger/command-examples.ts';
import { clerk } from '../unit/ledger/given.ts';
import { allFixtures, RELEASES } from '../fixtures/releases/fixture-files.ts';
import { histories, live } from '../support/histories.ts';
import { eventCatalogue, schemaFile } from './event-catalogue.ts';

const DIRECTORY = 'docs/events';

const isFirst = <Item>(item: Item, index: number, items: readonly Item[]): boolean =>
  items.indexOf(item) === index;

/** Money arrives and is taken back: chance alone seldom recalls it. */
const RECALLED = [
  { verb: 0, fund: 0, amount: 60, day: 1, subject: 0 },
  { verb: 15, fund: 0, amount: 10, day: 28, subject: 0 },
];

/** A merger is taken back: chance alone seldom revokes one. */
const REVOKED = [
  { verb: 14, fund: 0, amount: 1, day: 1, subject: 1 },
  { verb: 16, fund: 0, amount: 1, day: 28, subject: 0 },
];

/** Of payees too. */
const PAYEE_REVOKED = [
  { verb: 24, fund: 0, amount: 1, day: 1, subject: 0 },
  { verb: 25, fund: 0, amount: 1, day: 28, subject: 0 },
];

/** One document is carried out, and the next, of more than there is, is abandoned. */
const ADJUSTED = [
  { verb: 11, fund: 0, amount: 60, day: 1, subject: 0 },
  { verb: 11, fund: 0, amount: 40, day: 1, subject: 4 },
];

/** Money that moved is taken back, entry by entry. */
const at = (verb: number, day: number, fund = 0) => ({ verb, fund, amount: 10, day, subject: 0 });
const TAKEN_BACK = [
  [at(1, 1), at(2, 2), at(9, 3), at(15, 4), at(19, 5), at(20, 6)],
  [at(1, 1), at(15, 2), at(21, 3), at(18, 4), at(22, 5, 1)],
  [at(7, 1), at(0, 2), at(18, 3)],
];

/** Facts without money that are taken back: each by the event that is named before it. */
const FACTS_TAKEN_BACK = (): readonly LedgerCommand[] => {
  const data = { allocationId: 'fund0' };
  const takenBack = (index: number) => ({
    ...data,
    reversedEventId: idOf('fact', `${index}`),
    reason: '误',
  });
  const { data: announced } = COMMANDS.PostAnnouncement;
  const board = { announcementId: 'board' };
  return [
    { type: 'StartProject', data },
    { type: 'ReverseMilestone', data: takenBack(0) },
    { type: 'RegisterAsset', data: { ...COMMANDS.RegisterAsset.data, ...data } },
    { type: 'ReverseAssetRegistration', data: takenBack(2) },
    { type: 'DistributeBenefit', data: { ...COMMANDS.DistributeBenefit.data, ...data } },
    { type: 'ReverseBenefit', data: takenBack(4) },
    { type: 'CloseAllocation', data },
    { type: 'ReopenAllocation', data: takenBack(6) },
    {
      type: 'PostAnnouncement',
      data: { ...announced, ...board, placeId: 'village0', allocationIds: ['fund0'] },
    },
    { type: 'RaiseObjection', data: { ...board, objectionId: 'objection', matter: '不符' } },
    { type: 'AnswerObjection', data: { ...board, objectionId: 'objection', answer: '已复测' } },
    {
      type: 'RevokeObjectionAnswer',
      data: {
        ...{ ...board, objectionId: 'objection', reversedEventId: idOf('fact', '10') },
        reason: '误',
      },
    },
    { type: 'WithdrawObjection', data: { ...board, objectionId: 'objection', reason: '误' } },
    { type: 'EndAnnouncement', data: board },
    { type: 'RevokeAnnouncementEnd', data: { ...board, reason: '误' } },
  ];
};

/** Every event that a few random histories leave, each a log of its own. */
const lived: RecordedEvent[] = [];
beforeAll(async () => {
  const random = fc.sample(histories, { seed: 7, numRuns: 40 });
  for (const steps of [RECALLED, REVOKED, PAYEE_REVOKED, ADJUSTED, ...TAKEN_BACK, ...random]) {
    const store = openMemoryStore();
    const execute = createExecutor(store, () => '2024-12-31T00:00:00.000Z');
    await live(store, execute, steps);
    for (const [index, command] of steps === RECALLED ? FACTS_TAKEN_BACK().entries() : []) {
      const commandId = idOf('fact', `${index}`);
      await execute(command, { commandId, actor: clerk, occurredOn: '2024-07-01' });
    }
    let position = 0n;
    for await (const event of store.readAll()) lived.push({ ...event, position: (position += 1n) });
  }
});

/** Every event of every release. */
const released: readonly RecordedEvent[] = allFixtures().flatMap(({ lines }) =>
  lines
    .trim()
    .split('\n')
    .map((line, index) => eventOfLine(line, BigInt(index + 1))),
);

describe('the catalogue of events', () => {
  const generated = eventCatalogue();

  test.each([...generated])('%s is what the event table and the types give', (name, text) => {
    // If not: npm run events
    expect(readFileSync(join(DIRECTORY, name), 'utf8')).toBe(text);
  });

  test('has a schema for every version of every type, and no other file', () => {
    const versions = EVENT_TYPES.flatMap((type) =>
      Array.from({ length: EVENT_TABLE[type].version }, (_, before) =>
        schemaFile(type, before + 1),
      ),
    );
    expect(readdirSync(DIRECTORY).sort()).toEqual([...versions, 'README.md'].sort());
  });

  // Data that may hold more than a release wrote have a version of their own.
  test.each(
    allFixtures()
      .map(({ release }) => release)
      .filter(isFirst),
  )('has the schemas of release %s as it had them', (release) => {
    const sums = readFileSync(join(RELEASES, release, 'event-schemas.sha256'), 'utf8');
    for (const line of sums.trimEnd().split('\n')) {
      const [sum, file = ''] = line.split('  ');
      expect([file, hash('sha256', readFileSync(file), 'hex')]).toEqual([file, sum]);
    }
  });

  test.each(EVENT_TYPES.map((type) => schemaFile(type, EVENT_TABLE[type].version)))(
    '%s has only what a verifier reads: texts, whole numbers, lists and objects',
    (file) => {
      const kinds = [
        ...readFileSync(join(DIRECTORY, file), 'utf8').matchAll(
          /"type": (?:"(\w+)"|(\[[^\]]*\]))/g,
        ),
      ];
      const odd = kinds.map(([, one, several]) => one ?? several);
      expect(odd.filter((it) => !/^(object|array|string|integer|number)$/.test(it ?? ''))).toEqual(
        [],
      );
      expect(kinds.length).toBeGreaterThan(0);
    },
  );

  test('describes every event that a release wrote', () => {
    const ajv = new Ajv({ strict: true, allErrors: true });
    for (const { type, data, meta } of released) {
      const name = `${type}.v${meta['schemaVersion']}.json`;
      const validate =
        ajv.getSchema(name) ??
        ajv
          .addSchema(JSON.parse(readFileSync(join(DIRECTORY, name), 'utf8')) as object, name)
          .getSchema(name);
      validate?.(data);
      expect([name, data, validate?.errors]).toEqual([name, data, null]);
    }
  });
});

/** Ids that name no subject: of a reversal, and of a counterpart that may be of a later day. */
const NAMES_NOTHING = new Set(['reversalId', 'reversedEventId', 'counterpartAllocationId']);

/** A claim on a slip comes before its payment: it does not rely on it. */
const withoutPayment = ({ type, data }: Pick<RecordedEvent, 'type' | 'data'>) =>
  type.startsWith('Voucher') ? { ...data, paymentId: null } : data;

/** Every value of a field that ends in `Id` or `Ids`, however deep. */
const idsIn = (value: unknown, field = ''): readonly string[] => {
  if (typeof value === 'string')
    return /Ids?$/.test(field) && !NAMES_NOTHING.has(field) ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((item) => idsIn(item, field));
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, inner]) => idsIn(inner, name));
};

/** A pair of older logs has no document: its id names nothing. */
const isOfPair = ({ type, data }: RecordedEvent, id: string): boolean =>
  type === 'AllocationAdjusted' && !('ordinal' in data) && data['adjustmentId'] === id;

describe('the event table', () => {
  test('is tried on every type of event', () => {
    const types = new Set([...released, ...lived].map(({ type }) => type));
    expect(EVENT_TYPES.filter((type) => !types.has(type))).toEqual([]);
  });

  test('names every subject that an event names, as introduced or as relied on', () => {
    for (const recorded of [...released, ...lived]) {
      const event = toViewEvent(recorded);
      const stated = [...introducedBy(event), ...reliedOnBy(event)];
      const named = new Set(stated.map((subject) => subject.replace(/^[a-z]+-/, '')));
      expect([recorded.type, [...named].sort()]).toEqual([
        recorded.type,
        [...new Set(idsIn(withoutPayment(recorded)))]
          .filter((id) => !isOfPair(recorded, id))
          .sort(),
      ]);
    }
  });

  test('relies on nothing that was not introduced before', () => {
    const known = new Set<string>();
    for (const [index, recorded] of [...released, ...lived].entries()) {
      if (index > 0 && recorded.position === 1n) known.clear();
      const event = toViewEvent(recorded);
      const missing = reliedOnBy(event).filter((subject) => !known.has(subject));
      expect([recorded.type, missing]).toEqual([recorded.type, []]);
      for (const subject of introducedBy(event)) known.add(subject);
    }
  });

  test('begins each stream with an event that introduces it', () => {
    for (const recorded of released.filter(({ revision }) => revision === 0n)) {
      expect(introducedBy(toViewEvent(recorded))).toContain(recorded.stream);
    }
  });

  test('states for each type the stream that its events stand in', () => {
    for (const { type, stream } of released) {
      if (!isEventType(type)) throw new Error(`${type} is no event type.`);
      expect(stream.startsWith(`${EVENT_TABLE[type].stream}-`)).toBe(true);
    }
  });

  test('has no type that no view reads and that moves no money, but for those that only the journal shows', () => {
    // Keys are read off every event, whatever it says.
    const views = VIEWS.filter(({ name }) => name !== 'keys');
    const read = new Set(views.flatMap(({ reads }) => reads));
    const unread = EVENT_TYPES.filter(
      (type) => !read.has(type) && EVENT_TABLE[type].transfer === null,
    );
    expect(unread).toEqual([
      ...['AssetRegistered', 'BenefitDistributed', 'VoucherClaimed', 'VoucherFreed'],
    ]);
    const told = readFileSync('docs/life-of-a-disbursement.md', 'utf8');
    expect(unread.filter((type) => !told.includes(`\`${type}\``))).toEqual([]);
  });

  test('moves money as the outside verifier, which shares no code with it, says', async () => {
    const verifier: string = new URL('../../audit/verify.mjs', import.meta.url).pathname;
    const { MOVES } = (await import(verifier)) as {
      readonly MOVES: ReadonlyMap<string, (data: object) => readonly (string | undefined)[]>;
    };
    const choices = ['treasury', 'unit'].flatMap((account) =>
      ['increase', 'decrease'].flatMap((direction) => [
        { from: account, to: account, direction, account },
        { from: account, to: account, direction },
      ]),
    );
    expect(MOVES.get('RecallReversed')?.({ to: 'quota' })).toEqual(['source', 'quota']);
    for (const type of EVENT_TYPES) {
      for (const data of choices) {
        const kind = EVENT_TABLE[type].transfer?.(data as never);
        const own = kind === undefined ? undefined : [kind.from, kind.to];
        expect([type, MOVES.get(type)?.(data)]).toEqual([type, own]);
      }
    }
    expect([...MOVES.keys()].filter((type) => !isEventType(type))).toEqual([]);
  });
});
