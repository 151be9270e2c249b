import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { benchAppends, sampleEvents } from './appends.ts';
import type { Took } from './audit-package.ts';
import { benchAsOf, type AsOfFigures } from './as-of.ts';
import { benchEsdb } from './esdb.ts';
import { benchHttp } from './http.ts';
import { IS_SMALL, type Figure } from './measure.ts';
import { benchIntegrity } from './integrity.ts';
import { benchReads } from './reads.ts';

/**
 * `npm run bench`: every figure beside its limit, both measured now, into docs/benchmarks.md.
 * With `MZ_BENCH_SMALL=1` a short run, which is printed only.
 */
const villages = Number(process.env['MZ_BENCH_VILLAGES'] ?? (IS_SMALL ? 1_000 : 20_000));
const appends = await benchAppends();
const reads = await benchReads(villages);
const http = await benchHttp();
const esdb = await benchEsdb();
const integrity = await benchIntegrity(sampleEvents());
const asOf = [];
const sizes = IS_SMALL ? [100_000] : [100_000, 1_000_000, 10_000_000];
for (const postings of sizes) asOf.push(await benchAsOf(postings));
const whole = (value: number) => Math.round(value).toLocaleString('en');

const row = ({ name, ours, limit, unit, goal }: Figure): string => {
  const { perSecond, cpuUs } = ours;
  const ratio = perSecond / limit;
  const verdict = ratio >= goal ? 'reached' : '**not reached**';
  return `| ${[
    name,
    whole(perSecond),
    whole(limit),
    unit,
    ratio.toFixed(2),
    goal,
    verdict,
    cpuUs.toFixed(1),
  ].join(' | ')} |`;
};

const { written, verified } = reads.auditPackage;
const took = ({ seconds, peakMb }: Took) => `${seconds.toFixed(0)} s and ${whole(peakMb)} MB`;
const cpuUs = ({ cpuSeconds }: Took) => ((1e6 * cpuSeconds) / reads.events).toFixed(1);
const integrityUs = integrity.leafUs + integrity.treeUs;
const percent = (share: number) => `${(100 * share).toFixed(0)} %`;
const milliseconds = (value: number) => (value < 0.1 ? value.toFixed(3) : value.toFixed(1));
const asOfRow = (one: AsOfFigures): string =>
  `| ${[
    whole(one.postings),
    milliseconds(one.allMs),
    milliseconds(one.allWithoutTotalsMs),
    milliseconds(one.duckDbMs),
    milliseconds(one.sqliteMs),
    (one.allMs / one.duckDbMs).toFixed(3),
    (one.allMs / one.sqliteMs).toFixed(4),
    milliseconds(one.oneMs),
    milliseconds(one.loadMs),
    one.bytesAPosting.toFixed(1),
  ].join(' | ')} |`;

const text = `# Benchmarks

Written by \`npm run bench\`. Each figure stands beside a limit that was measured in the same run, on
the same machine, with the same bytes: a bare \`node:sqlite\` loop for appends, bare SELECT +
\`JSON.parse\` for reads, bare Fastify for HTTP,
the client alone for EventStoreDB (on a double of the server). Ratios are what to look at; the rest depends on the disk.
The last column is what an event, or a request, costs by CPU: user and system time of all threads of
the process that appends, reads or serves, without that of the client over HTTP and of the double.

Machine: ${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}, Node ${process.version}.
Log for reading: ${whole(reads.events)} events of a synthetic province (${whole(villages)} villages, 3 years).

| what | ours | limit | unit | ratio | goal | | CPU, µs |
|---|---:|---:|---|---:|---:|---|---:|
${[...appends.figures, ...reads.figures, ...http, ...esdb].map(row).join('\n')}

- From command to visible in the views, 64 writers: p99 ${appends.visible.p99Ms.toFixed(1)} ms (goal 15 ms), ${appends.visible.cpuUs.toFixed(1)} µs of CPU a command.
- Peak memory of a process that builds all views of the log above, given 256 MB of heap: ${whole(reads.peakMb)} MB (goal 512 MB).
- Audit package of the log above: written in ${took(written)} (goal 120 s, 512 MB), verified by
  \`verify.mjs\` in ${took(verified)} (goal 60 s, 512 MB); by CPU, ${cpuUs(written)} and ${cpuUs(verified)} µs an event.
- What integrity costs: ${integrityUs.toFixed(1)} µs of CPU an event (goal 25 µs): ${integrity.leafUs.toFixed(1)} for the line and its
  hash, ${integrity.treeUs.toFixed(1)} for the tree. Of the time of the writer's thread, which is that
  of a bulk append by the clock, tree and stored hashes are ${percent(integrity.writerShare)} (goal 10 %); working out each leaf
  twice in the other thread makes it ${percent(integrity.leafDelay)} longer. Of the ${integrity.bulkUs.toFixed(1)} µs of CPU in all threads it is ${percent(integrityUs / integrity.bulkUs)}.

## As of any day and any position

Balances of 20,000 places at random points of both axes, in milliseconds (medians): the posting
columns, the same without running totals, DuckDB (\`@duckdb/node-api\`, in memory) and a covering
index of SQLite over the same postings. Goals at 10,000,000: all places 5 ms, without totals 25 ms,
0.1 of DuckDB, 0.01 of SQLite, one place 0.2 ms, loading the file 500 ms, 30 bytes a posting.
Fewer postings cost more bytes each, because the sums of 20,000 places weigh the same.

| postings | all | without totals | DuckDB | SQLite | of DuckDB | of SQLite | one place | load | bytes each |
|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|
${asOf.map(asOfRow).join('\n')}

## Traces

Of ${whole(reads.traces.payments)} payments in the log above, 500 were traced to their annex rows and forward again:
median ${milliseconds(reads.traces.medianMs)} ms, worst ${milliseconds(reads.traces.worstMs)} ms (goal 50 ms). A voucher was found in ${milliseconds(reads.traces.searchMs)} ms.
All three took ${whole(reads.traces.cpuUs)} µs of CPU a payment.
`;
if (!IS_SMALL) writeFileSync('docs/benchmarks.md', text);
console.log(text);
