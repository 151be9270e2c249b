import { checkTilesAlone } from '#transparency-log/verify/check-tiles-alone';
import { print, printJson, warn } from './output.ts';
import type { CommonOptions } from './session.ts';
import { presentTileFault } from './tell-tiles.ts';
import { exitCodeOf } from './verification-exit.ts';

/** Published tiles, held to the checkpoint beside them and the keys of the log; no ledger is needed. */
export const verifyTilesAlone = (
  directory: string,
  vkeys: readonly string[],
  { json, lang }: CommonOptions,
): void => {
  const { head, faults } = checkTilesAlone(directory, vkeys);
  if (faults.length > 0) process.exitCode = exitCodeOf(faults);
  if (json === true) return printJson({ ...head, faults });
  for (const fault of faults) warn(presentTileFault(fault, () => '')[lang]);
  if (faults.length > 0 || head === undefined) return;
  print(
    lang === 'en'
      ? `The tiles over ${head.size} events are those of the signed root.`
      : `${head.size} 个事件的瓦片与签过名的树根相符。`,
  );
  print(`root ${head.root}`);
};
