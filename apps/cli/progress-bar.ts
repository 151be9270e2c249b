import { Presets, SingleBar } from 'cli-progress';

/** A bar on a terminal's standard error; silent where nobody watches. */
export const progressBar = (label: string) => {
  const watched = process.stderr.isTTY;
  const bar = new SingleBar(
    { format: `${label} {bar} {value}/{total}`, stream: process.stderr, hideCursor: true },
    Presets.shades_classic,
  );
  let started = false;
  return {
    update: (done: number, of: number): void => {
      if (!watched) return;
      if (!started) bar.start(of, done);
      started = true;
      bar.setTotal(of);
      bar.update(done);
    },
    stop: (): void => {
      if (started) bar.stop();
    },
  };
};
