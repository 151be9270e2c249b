import type { CommandOf } from '../decision.ts';
import type {
  PlaceCodeAssignment,
  PlaceMerger,
  PlaceMergerRevocation,
  PlaceParentChange,
  PlaceRegistration,
  PlaceRenaming,
} from './place-events.ts';

/** What may be asked of a place. */
export type PlaceCommand =
  | RegisterPlace
  | RenamePlace
  | MergePlace
  | RevokePlaceMerger
  | ChangePlaceParent
  | AssignPlaceCode;

export type RegisterPlace = CommandOf<'RegisterPlace', PlaceRegistration>;
export type RenamePlace = CommandOf<'RenamePlace', PlaceRenaming>;
export type MergePlace = CommandOf<'MergePlace', PlaceMerger>;
/** A place has one merger at most, so the command need not name its event. */
export type RevokePlaceMerger = CommandOf<
  'RevokePlaceMerger',
  Omit<PlaceMergerRevocation, 'reversedEventId'>
>;
export type ChangePlaceParent = CommandOf<'ChangePlaceParent', PlaceParentChange>;
export type AssignPlaceCode = CommandOf<'AssignPlaceCode', PlaceCodeAssignment>;
