import type { Command } from 'commander';
import type { Session } from '../../session/session.ts';
import { registerPlaceAdd } from './add.ts';
import { registerPlaceCode } from './code.ts';
import { registerPlaceMerge } from './merge.ts';
import { registerPlaceMove } from './move.ts';
import { registerPlaceRevokeMerger } from './revoke-merger.ts';
import { registerPlaceRename } from './rename.ts';

export const registerPlace = (program: Command, session: Session): void => {
  const place = program.command('place').description('地点 places');
  registerPlaceAdd(place, session);
  registerPlaceRename(place, session);
  registerPlaceMerge(place, session);
  registerPlaceRevokeMerger(place, session);
  registerPlaceMove(place, session);
  registerPlaceCode(place, session);
};
