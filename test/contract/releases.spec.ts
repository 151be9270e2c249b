import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EVENT_SCHEMA_VERSIONS } from '#ledger/event-types';
import { startDouble } from '../esdb-double/double.ts';
import {
  correctedBy,
  CORRECTIONS,
  faultsIn,
  replacing,
  type Correction,
} from '../fixtures/releases/corrections.ts';
import {
  allFixtures,
  unpackBelongings,
  unpackLog,
  type Answer,
  type Fixture,
} from '../fixtures/releases/fixture-files.ts';
import { mz, type Finished } from '../golden/mz.ts';
import { mzMany } from '../support/mz-many.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const fixtures = allFixtures();
const released = fixtures.flatMap(({ answers }) => answers);

/** All that a ledger answers to the questions its release was asked, and its events as exported. */
interface Told {
  readonly answers: readonly Finished[];
  readonly exported: Finished;
}

/** Asks the ledger at a place, in the order the release was asked. */
const ask = async ({ answers }: Fixture, where: readonly string[]): Promise<Told> => {
  const who = ['--role', 'auditor', '--name', 'auditor-1', '--org', '审计局'];
  const token = (await mz(['token', ...who, ...where.slice(0, 2)])).stdout.trim();
  const asked = answers.map(({ command, role }) => ({
    parameters: [...command, ...where],
    ...(role === undefined ? {} : { token }),
  }));
  const exporting = { parameters: ['export', 'events', ...where] };
  const [exported, ...told] = await mzMany([exporting, ...asked]);
  if (exported === undefined) throw new Error('Nothing was answered.');
  return { answers: told, exported };
};

const { directory, remove } = temporaryDirectory();
afterAll(remove);

interface Reading {
  readonly place: string;
  /** Opens the log of a release and asks it everything. */
  readonly read: (fixture: Fixture) => Promise<Told>;
}

const embedded: Reading = {
  place: 'in its directory',
  read: (fixture) => {
    const data = join(directory, 'embedded', fixture.release, fixture.name);
    unpackLog(fixture, data);
    unpackBelongings(fixture, data);
    return ask(fixture, ['--data', data]);
  },
};

const clustered: Reading = {
  place: 'moved to a cluster',
  read: async (fixture) => {
    const [source = '', node = ''] = ['source', 'node'].map((part) =>
      join(directory, part, fixture.release, fixture.name),
    );
    const double = await startDouble();
    try {
      unpackLog(fixture, source);
      const moved = await mz(['migrate', '--from', `sqlite:${source}`, '--to', double.address]);
      if (moved.code !== 0) throw new Error(moved.stderr);
      unpackBelongings(fixture, node);
      return await ask(fixture, ['--data', node, '--store', double.address]);
    } finally {
      await double.stop();
    }
  },
};

describe.each(fixtures)('the $name ledger of release $release', (fixture) => {
  const { expected, answers } = fixture;
  const answerTo = (told: Told, command: string): unknown => {
    const index = answers.findIndex((answer) => answer.command[0] === command);
    return JSON.parse(told.answers[index]?.stdout ?? '');
  };

  describe.each([embedded, clustered])('$place', ({ read }) => {
    let told: Told;
    beforeAll(async () => {
      told = await read(fixture);
    });

    test('has the events as they were written, line for line', () => {
      expect(told.exported.code).toBe(0);
      expect(told.exported.stdout).toBe(fixture.lines);
    });

    test('has the root that was signed, and verifies', () => {
      const { events, root } = expected;
      expect(answerTo(told, 'verify')).toMatchObject({
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
        const now = told.answers[answers.indexOf(answer)];
        expect(now).toEqual({ code, stdout, stderr });
      },
    );
  });
});

describe('the fixtures', () => {
  test('of the first release hold every type of event that it knew, and all are known still', () => {
    const first = fixtures.filter(({ release }) => release === '0.1.0-6abcf26');
    const types = new Set(first.flatMap(({ expected }) => Object.keys(expected.types)));
    expect(types.size).toBe(33);
    expect(Object.keys(EVENT_SCHEMA_VERSIONS)).toEqual(expect.arrayContaining([...types]));
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
