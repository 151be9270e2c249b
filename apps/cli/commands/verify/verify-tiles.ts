import { checkTilesAlone } from '#transparency-log/verify/check-tiles-alone';
import type { CommonOptions } from '../../session/common-options.ts';
import { presentTileFault } from '../../output/tiles-report.ts';
import { exitCodeOf } from '../../session/verification-exit.ts';
import type { Session } from '../../session/session.ts';

/** Published tiles, held to the checkpoint beside them and the keys of the log; no ledger is needed. */
export const verifyTilesAlone = (
  { terminal: { print, printJson, warn }, exitWith }: Session,
  directory: string,
  vkeys: readonly string[],
  { json, lang }: CommonOptions,
): void => {
  const { head, faults } = checkTilesAlone(directory, vkeys);
  if (faults.length > 0) exitWith(exitCodeOf(faults));
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
