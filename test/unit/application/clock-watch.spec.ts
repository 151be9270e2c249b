import { describe, expect, test } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { acceptClock, readAcceptedClock } from '#wiring/accepted-clock';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { watchClock, type AcceptedClock } from '#application/commands/clock-watch';

const NOON = Date.parse('2024-07-01T12:00:00.000Z');
const at = (ms: number): string => new Date(NOON + ms).toISOString();
const [SECOND, DAY] = [1_000, 86_400_000];

/** A machine whose clock can be set, whose time runs, and where a person may accept the clock. */
const machine = (newest?: string) => {
  const state = { clockMs: 0, ranMs: 0, accepted: undefined as AcceptedClock | undefined };
  const watch = watchClock({
    clock: () => at(state.clockMs),
    monotonicMs: () => state.ranMs,
    newest: () => newest,
    accepted: () => state.accepted,
  });
  return {
    doubt: () => watch.doubt()?.cause,
    run: (ms: number) => {
      state.clockMs += ms;
      state.ranMs += ms;
    },
    set: (ms: number) => {
      state.clockMs += ms;
    },
    accept: () => {
      state.accepted = { at: at(state.clockMs) };
    },
  };
};

describe('given a clock', () => {
  test.each([
    ['level with the newest event', at(0)],
    ['a minute behind it', at(60 * SECOND)],
    ['400 days after it', at(-400 * DAY)],
    ['and a log without events', undefined],
  ])('%s, it may date events, today and tomorrow', (_what, newest) => {
    const { doubt, run } = machine(newest);
    expect(doubt()).toBeUndefined();
    run(DAY);
    expect(doubt()).toBeUndefined();
  });

  test.each([
    ['more than a minute behind the newest event', at(61 * SECOND), 'behind-the-log'],
    ['over 400 days after it', at(-400 * DAY - SECOND), 'far-ahead'],
  ])('%s, it may not, until a person accepts it', (_what, newest, cause) => {
    const { doubt, accept, run } = machine(newest);
    expect([doubt(), doubt()]).toEqual([cause, cause]);
    accept();
    expect(doubt()).toBeUndefined();
    run(10 * SECOND);
    expect(doubt()).toBeUndefined();
  });

  test.each([61 * SECOND, -61 * SECOND, 2 * DAY, -2 * DAY])(
    'that is set by %d ms while the process runs, it may not, until a person accepts it after that',
    (ms) => {
      const { doubt, accept, set, run } = machine(at(-10 * DAY));
      accept();
      expect(doubt()).toBeUndefined();
      set(ms);
      expect(doubt()).toBe('jumped');
      run(SECOND);
      accept();
      expect(doubt()).toBeUndefined();
    },
  );

  test('that is set right again, it may', () => {
    const { doubt, set } = machine(at(0));
    set(5 * DAY);
    expect(doubt()).toBe('jumped');
    set(-5 * DAY);
    expect(doubt()).toBeUndefined();
  });
});

test.each(['', '{}', '{"at":"noon"}\n', 'no JSON'])(
  'given a file of the accepted clock that holds “%s”, nothing is accepted until it is written again',
  (content) => {
    const { directory, remove } = temporaryDirectory();
    writeFileSync(join(directory, 'clock-accepted.json'), content);
    expect(readAcceptedClock(directory)).toBeUndefined();
    acceptClock(directory, at(0));
    expect(readAcceptedClock(directory)).toEqual({ at: at(0) });
    remove();
  },
);
