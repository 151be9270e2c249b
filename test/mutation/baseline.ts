import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/**
 * Compares the last mutation report with the committed baseline, file by file, and exits with 1 when
 * a file has more mutants that no test notices. `--write` makes the report the baseline.
 */
interface Report {
  readonly files: Readonly<Record<string, { readonly mutants: readonly Mutant[] }>>;
}
interface Mutant {
  readonly status: 'Killed' | 'Timeout' | 'Survived' | 'NoCoverage' | 'Ignored' | 'RuntimeError';
}

/** Of one file; an endless loop counts as killed, a mutant that no test reaches as survived. */
interface Score {
  readonly mutants: number;
  readonly killed: number;
  readonly survived: number;
  /** Killed per cent of mutants, one decimal. */
  readonly score: number;
}
type Scores = Readonly<Record<string, Score>>;
interface Baseline {
  readonly rooms: Scores;
  readonly files: Scores;
}

const BASELINE = new URL('./baseline.json', import.meta.url);
const REPORT = new URL('../../data/mutation/report.json', import.meta.url);

const scoreOf = (killed: number, survived: number): Score => {
  const mutants = killed + survived;
  return { mutants, killed, survived, score: Math.round((killed * 1000) / mutants) / 10 };
};

/** The files of a report that have mutants. */
const scoresOf = ({ files }: Report): Scores => {
  const scores: Record<string, Score> = {};
  for (const [file, { mutants }] of Object.entries(files)) {
    const count = (...statuses: readonly Mutant['status'][]) =>
      mutants.filter(({ status }) => statuses.includes(status)).length;
    const killed = count('Killed', 'Timeout', 'RuntimeError');
    const survived = count('Survived', 'NoCoverage');
    if (killed + survived > 0) scores[file] = scoreOf(killed, survived);
  }
  return scores;
};

/** The sum over the files of a room. */
const roomOf = (room: string, scores: Scores): Score => {
  const inRoom = Object.entries(scores).filter(([file]) => file.startsWith(room));
  const sum = (of: (score: Score) => number) =>
    inRoom.reduce((total, [, score]) => total + of(score), 0);
  return scoreOf(
    sum(({ killed }) => killed),
    sum(({ survived }) => survived),
  );
};

const readJson = (url: URL): unknown => JSON.parse(readFileSync(url, 'utf8'));

const scores = scoresOf(readJson(REPORT) as Report);
const baseline = readJson(BASELINE) as Baseline;
if (process.argv.includes('--write')) {
  const files = Object.fromEntries(
    Object.entries({ ...baseline.files, ...scores })
      .filter(([file]) => existsSync(new URL(`../../${file}`, import.meta.url)))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  const rooms = Object.fromEntries(
    ['libs/ledger/', 'libs/integrity/'].map((room) => [room, roomOf(room, files)]),
  );
  writeFileSync(BASELINE, `${JSON.stringify({ rooms, files }, undefined, 2)}\n`);
} else {
  for (const [file, { survived }] of Object.entries(scores)) {
    const before = baseline.files[file]?.survived ?? 0;
    if (survived <= before) continue;
    process.exitCode = 1;
    console.error(`${file}: ${survived} mutants survive, ${before} in the baseline.`);
  }
}
