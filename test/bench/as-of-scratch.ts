import { createPostings, PATH_COUNT } from '#history/postings';
const N = Number(process.argv[2] ?? 1e7),
  PL = 20000;
const t = performance.now();
const p = createPostings();
let seed = 1;
const rnd = () => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return seed / 2 ** 32;
};
for (let i = 0; i < N; i++) {
  const day = 18600 + Math.floor((i / N) * 2000);
  p.append({
    position: i + 1,
    day: Math.max(18600, rnd() < 0.05 ? day - Math.floor(rnd() * 400) : day),
    place: Math.floor(rnd() * PL),
    allocation: Math.floor(rnd() * PL * 50),
    path: Math.floor(rnd() * PATH_COUNT),
    amountFen: Math.floor(rnd() * 1e7),
  });
}
console.log(
  'built',
  (performance.now() - t).toFixed(0),
  'ms',
  (p.bytes() / N).toFixed(1),
  'bytes/posting',
);
const times: number[] = [];
for (let k = 0; k < 40; k++) {
  const b = { position: Math.floor(rnd() * N), day: 18600 + Math.floor(rnd() * 2000) };
  const s = performance.now();
  p.sumsByPlace(b, PL);
  times.push(performance.now() - s);
}
times.sort((a, b) => a - b);
console.log('all places median', times[20]!.toFixed(2), 'p95', times[37]!.toFixed(2));
const pt: number[] = [];
for (let k = 0; k < 200; k++) {
  const b = { position: Math.floor(rnd() * N), day: 18600 + Math.floor(rnd() * 2000) };
  const s = performance.now();
  p.sumsOfPlace(Math.floor(rnd() * PL), b);
  pt.push(performance.now() - s);
}
pt.sort((a, b) => a - b);
console.log('one place median', pt[100]!.toFixed(3));
