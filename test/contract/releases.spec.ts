import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EVENT_TYPES } from '#ledger/event-types';
import { openLedger } from '#wiring/ledger';
import { startDouble } from '../support/esdb-double/double.ts';
import {
  correctedBy,
  CORRECTIONS,
  faultsIn,
  replacing,
  type Correction,
} from '../fixtures/releases/corrections.ts';
import {
  digestsIn,
  digestsOfToday,
  statesDigests,
  withoutDigests,
} from '../fixtures/releases/digests-of-today.ts';
import {
  allFixtures,
  unpackBelongings,
  unpackDerived,
  unpackLog,
  type Answer,
  type Fixture,
} from '../fixtures/releases/fixture-files.ts';
import { isCampaign } from '../support/property.ts';
import { mzMany, type Finished } from '../support/mz.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const fixtures = allFixtures();
const released = fixtures.flatMap(({ answers }) => answers);

/** All that a ledger answers to the questions its release was asked, and its events as exported. */
interface Told {
  readonly to: (question: Answer) => Finished | undefined;
  readonly exported: string | undefined;
}

/** Where a ledger is: its data directory, and the cluster that holds it, if one does. */
interface Where {
  readonly data: string;
  readonly store?: string;
}

/**
 * Asks a ledger everything, after what prepares it. The first questions open it, as its one writer;
 * the others are asked while this process has it open, as they are while it is served.
 */
const ask = async (
  { answers }: Fixture,
  { data, store }: Where,
  preparing: readonly string[][] = [],
): Promise<Told> => {
  const at = ['--data', data, ...(store === undefined ? [] : ['--store', store])];
  const alone = answers.filter(({ command }) => ALONE.includes(command.join(' ')));
  const beside = answers.filter((answer) => !alone.includes(answer));
  const before = [...preparing, ['token', ...AUDITOR, '--data', data], ['export', 'events', ...at]];
  const first = await mzMany([
    ...before.map((parameters) => ({ parameters })),
    ...alone.map(({ command }) => ({ parameters: [...command, ...at] })),
  ]);
  const prepared = first.slice(0, before.length);
  for (const { code, stderr } of prepared) if (code !== 0) throw new Error(stderr);
  const [token, exported] = prepared.slice(-2).map(({ stdout }) => stdout);
  const address = store === undefined ? {} : { address: store };
  const ledger = await openLedger({ directory: data, ...address });
  try {
    const others = await mzMany(
      beside.map(({ command, role }) => ({
        parameters: [...command, ...at],
        ...(role === undefined ? {} : { token: token?.trim() }),
      })),
    );
    const told = [...first.slice(before.length), ...others];
    const places = new Map([...alone, ...beside].map((answer, index) => [answer, index]));
    return { exported, to: (answer) => told[places.get(answer) ?? -1] };
  } finally {
    await ledger.close();
  }
};

const AUDITOR = ['--role', 'auditor', '--name', 'auditor-1', '--org', '审计局'];

/** Asked while nobody has the ledger open; the last leaves a history for all that look back. */
const ALONE = [
  'digest --json',
  'verify --json',
  'balances --json',
  'explain paidFen --limit 25 --json',
];

const { directory, remove } = temporaryDirectory();
afterAll(remove);

interface Reading {
  readonly place: string;
  /** Opens the log of a release and asks it everything. */
  readonly read: (fixture: Fixture) => Promise<Told>;
}

const embedded: Reading = {
  place: 'in its directory, as it was left',
  read: (fixture) => {
    const data = join(directory, 'embedded', fixture.release, fixture.name);
    unpackLog(fixture, data);
    unpackDerived(fixture, data);
    unpackBelongings(fixture, data);
    return ask(fixture, { data });
  },
};

const clustered: Reading = {
  place: 'moved to a cluster, log alone',
  read: async (fixture) => {
    const [source = '', node = ''] = ['source', 'node'].map((part) =>
      join(directory, part, fixture.release, fixture.name),
    );
    const double = await startDouble();
    try {
      unpackLog(fixture, source);
      unpackBelongings(fixture, node);
      const moving = ['migrate', '--from', `sqlite:${source}`, '--to', double.address];
      return await ask(fixture, { data: node, store: double.address }, [moving]);
    } finally {
      await double.stop();
    }
  },
};

/** The campaign reads every log in both places; the desk one log of a release in each place. */
const readingsOf = ({ name }: Fixture): readonly Reading[] => {
  if (isCampaign) return [embedded, clustered];
  return { demo: [embedded], people: [clustered] }[name] ?? [];
};
const fixturesRead = fixtures.filter((fixture) => readingsOf(fixture).length > 0);

describe.each(fixturesRead)('the $name ledger of release $release', (fixture) => {
  const { expected, answers } = fixture;
  describe.each(readingsOf(fixture))('$place', ({ read }) => {
    let told: Told;
    beforeAll(async () => {
      told = await read(fixture);
    });

    test('has the events as they were written, line for line', () => {
      expect(told.exported).toBe(fixture.lines);
    });

    test('has the root that was signed, and verifies', () => {
      const { events, root } = expected;
      const verification = answers.find(({ command }) => command.join(' ') === 'verify --json');
      const verified = verification === undefined ? undefined : told.to(verification);
      expect(verified?.code).toBe(0);
      expect(JSON.parse(verified?.stdout ?? '')).toMatchObject({
        events,
        root,
        signedThrough: events,
        faults: [],
      });
    });

    test.each(answers.map((answer) => [`mz ${answer.command.join(' ')}`, answer] as const))(
      'answers %s as its release did, but for the corrections of the changelog',
      (_question, answer) => {
        const { code, stdout, stderr } = correctedBy(CORRECTIONS, answer);
        const today = told.to(answer);
        if (today === undefined || !statesDigests(answer)) {
          expect(today).toEqual({ code, stdout, stderr });
          return;
        }
        expect({ ...today, stdout: withoutDigests(today.stdout) }).toEqual({
          ...{ code, stderr },
          stdout: withoutDigests(stdout),
        });
        expect(digestsIn(today.stdout)).toEqual(digestsOfToday(fixture, answer, today.stdout));
      },
    );
  });
});

describe('the fixtures', () => {
  test('of the first release hold every type of event that it knew, and all are known still', () => {
    const first = fixtures.filter(({ release }) => release === '0.1.0-6abcf26');
    const types = new Set(first.flatMap(({ expected }) => Object.keys(expected.types)));
    expect(types.size).toBe(33);
    expect(EVENT_TYPES).toEqual(expect.arrayContaining([...types]));
  });

  test.each(fixtures)('state of $name in short what its answers state', ({ answers, expected }) => {
    const { digests, root, events } = expected;
    const said = (name: string): unknown =>
      JSON.parse(answers.find(({ command }) => command[0] === name)?.stdout ?? '');
    expect(said('digest')).toEqual({ position: events, digests });
    expect(said('verify')).toMatchObject({ events, root });
  });

  test('show a person of the vault, and say of another that the data were erased', () => {
    const looks = released.filter(({ command }) => command[1] === 'reveal');
    expect(looks.map(({ code }) => code)).toEqual(expect.arrayContaining([0, 1]));
    for (const { code, stdout, stderr } of looks) {
      if (code === 0) expect(JSON.parse(stdout)).toMatchObject({ name: expect.any(String) });
      else expect(stderr).toMatch(/已于 .+ 抹去/);
    }
  });
});

describe('a correction', () => {
  const changelog = '- Progress of a place is exact:\n  80.30 %, where it was 80.29 %.\n';
  const answer: Answer = { command: ['balances'], code: 0, stdout: '甲 80.29%\n', stderr: '' };
  const correction: Correction = {
    changelog: 'Progress of a place is exact: 80.30 %, where it was 80.29 %.',
    question: ['balances'],
    corrected: replacing('80.29%', '80.30%'),
  };

  test('changes the answers it is about, and no others', () => {
    expect(correctedBy([correction], answer).stdout).toBe('甲 80.30%\n');
    const other = { ...answer, command: ['progress', '--by', 'town'] };
    expect(correctedBy([correction], other)).toEqual(other);
  });

  test('is named in the changelog and changes an answer, or is a fault', () => {
    expect(faultsIn([correction], changelog, [answer])).toEqual([]);
    expect(faultsIn([correction], 'Nothing.', [answer])).toEqual([
      expect.stringContaining('not in the changelog'),
    ]);
    expect(faultsIn([{ ...correction, changelog: ' ' }], changelog, [answer])).toHaveLength(1);
    expect(faultsIn([{ ...correction, question: ['search'] }], changelog, [answer])).toEqual([
      expect.stringContaining('changes no answer'),
    ]);
  });

  test('stands in the changelog, each of those there are', () => {
    expect(faultsIn(CORRECTIONS, readFileSync('CHANGELOG.md', 'utf8'), released)).toEqual([]);
  });
});
