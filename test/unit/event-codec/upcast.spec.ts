import { describe, expect, test } from '@jest/globals';
import { upcast, versionInMeta } from '#event-codec/upcast';
import { UPCASTERS } from '#event-codec/upcasters';
import { EVENT_TYPES, schemaVersionOf } from '#ledger/event-types';

const started = { id: 'e1', type: 'ProjectStarted', data: { allocationId: 'a1' } };

describe('reading data of any version that a release wrote', () => {
  test('data of the newest version are read as they are', () => {
    expect(upcast(started, `${schemaVersionOf('ProjectStarted')}`)).toBe(started.data);
  });

  test.each([undefined, '', '0', '1 ', '01', '1.0', '9999', '99999'])(
    'version %j of a known type is refused with a sentence',
    (version) => {
      expect(() => upcast(started, version)).toThrow(
        `Event e1 is of type ProjectStarted, version ${version}, which this release does not know: a later one wrote it.`,
      );
    },
  );

  test.each(['ProjectPaused', 'constructor', '__proto__'])('the type %s is refused', (type) => {
    expect(() => upcast({ ...started, type }, '1')).toThrow('which this release does not know');
  });

  test.each([
    [true, 'answered'],
    [false, 'raised'],
  ])('an objection that was withdrawn with wasAnswered %s was %s before', (wasAnswered, status) => {
    const data = { announcementId: 'n-1', objectionId: 'o-1', reason: '误', wasAnswered };
    const { wasAnswered: _, ...rest } = data;
    expect(upcast({ id: 'e1', type: 'ObjectionWithdrawn', data }, '1')).toEqual({
      ...rest,
      statusBefore: status,
    });
  });

  test('every type has one upcaster for each version but the newest', () => {
    const steps: Readonly<Record<string, readonly unknown[]>> = UPCASTERS;
    for (const type of EVENT_TYPES) {
      expect([type, (steps[type] ?? []).length + 1]).toEqual([type, schemaVersionOf(type)]);
    }
  });

  test('the version is found in the text of metadata', () => {
    expect(versionInMeta('{"actorId":"a","schemaVersion":"12"}')).toBe('12');
    expect(versionInMeta('{"actorId":"a"}')).toBeUndefined();
  });
});
