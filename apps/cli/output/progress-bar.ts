import { Presets, SingleBar } from 'cli-progress';
import type { Terminal } from './terminal.ts';

/** A bar on a terminal's standard error; silent where no terminal shows it. */
export const progressBar = ({ stderr }: Terminal, label: string) => {
  const bar = new SingleBar(
    { format: `${label} {bar} {value}/{total}`, stream: stderr, hideCursor: true },
    Presets.shades_classic,
  );
  let started = false;
  return {
    update: (done: number, of: number): void => {
      if (stderr.isTTY !== true) return;
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
