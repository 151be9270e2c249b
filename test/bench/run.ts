import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { benchAppends } from './appends.ts';
import { benchHttp } from './http.ts';
import type { Figure } from './measure.ts';
import { benchReads } from './reads.ts';

/** `npm run bench`: every figure beside its limit, both measured now, into docs/benchmarks.md. */
const villages = Number(process.env['MZ_BENCH_VILLAGES'] ?? 20_000);
const appends = await benchAppends();
const reads = await benchReads(villages);
const http = await benchHttp();
const whole = (value: number) => Math.round(value).toLocaleString('en');

const row = ({ name, ours, limit, unit, goal }: Figure): string => {
  const ratio = ours / limit;
  const verdict = ratio >= goal ? 'reached' : '**not reached**';
  return `| ${name} | ${whole(ours)} | ${whole(limit)} | ${unit} | ${ratio.toFixed(2)} | ${goal} | ${verdict} |`;
};

const text = `# Benchmarks

Written by \`npm run bench\`. Each figure stands beside a limit that was measured in the same run, on
the same machine, with the same bytes: a bare \`node:sqlite\` loop for appends, bare SELECT +
\`JSON.parse\` for reads, bare Fastify for HTTP. Ratios are what to look at; the rest depends on the disk.

Machine: ${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}, Node ${process.version}.
Log for reading: ${whole(reads.events)} events of a synthetic province (${whole(villages)} villages, 3 years).

| what | ours | limit | unit | ratio | goal | |
|---|---:|---:|---|---:|---:|---|
${[...appends.figures, ...reads.figures, ...http].map(row).join('\n')}

- From command to visible in the views, 64 writers: p99 ${appends.visibleP99Ms.toFixed(1)} ms (goal 15 ms).
- Peak memory of a process that builds all views of the log above, given 256 MB of heap: ${whole(reads.peakMb)} MB (goal 512 MB).
`;
writeFileSync('docs/benchmarks.md', text);
console.log(text);
