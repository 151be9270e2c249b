import type { CommandContext } from '../context.ts';
import { inFuture, refuse, type Decision } from '../decision.ts';
import type { Refusal } from '../refusals.ts';
import { assignPlaceCode } from './assign-place-code.ts';
import { changePlaceParent } from './change-place-parent.ts';
import { mergePlace } from './merge-place.ts';
import type { PlaceCommand } from './place-commands.ts';
import type { PlaceEvent } from './place-events.ts';
import type { PlaceState } from './place-state.ts';
import { registerPlace } from './register-place.ts';
import { renamePlace } from './rename-place.ts';
import { revokePlaceMerger } from './revoke-place-merger.ts';

/** All that can be asked of a place, at a glance; each verb's rule is in the file it names. */
export const decide = (
  command: PlaceCommand,
  place: PlaceState,
  context: CommandContext,
): Decision<PlaceEvent> => {
  const common = commonRefusal(command, place, context);
  if (common) return refuse(common);
  switch (command.type) {
    case 'RegisterPlace':
      return registerPlace(command, place, context);
    case 'RenamePlace':
      return renamePlace(command, context);
    case 'MergePlace':
      return mergePlace(command, place, context);
    case 'RevokePlaceMerger':
      return revokePlaceMerger(command, context);
    case 'ChangePlaceParent':
      return changePlaceParent(command, place, context);
    case 'AssignPlaceCode':
      return assignPlaceCode(command, place);
    default:
      return command satisfies never;
  }
};

/** Refusals that come before any verb's own, in this order. */
const commonRefusal = (
  { type, data: { placeId } }: PlaceCommand,
  place: PlaceState,
  context: CommandContext,
): Refusal | undefined => {
  if (inFuture(context)) {
    return { code: 'business-date-in-future', occurredOn: context.occurredOn };
  }
  if (type === 'RegisterPlace') return undefined;
  if (place.level === undefined) return { code: 'place-not-registered', placeId };
  const isMerged = place.mergedInto !== undefined && type !== 'RevokePlaceMerger';
  if (isMerged) return { code: 'place-already-merged', placeId };
  return undefined;
};
