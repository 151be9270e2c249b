import { accept, type Decision } from '../decision.ts';
import type { RenamePlace } from './place-commands.ts';
import type { PlaceEvent } from './place-events.ts';

/** 更名: the id stays, and earlier names remain in the log. */
export const renamePlace = ({ data }: RenamePlace): Decision<PlaceEvent> =>
  accept({ type: 'PlaceRenamed', data });
