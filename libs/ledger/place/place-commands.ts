import type { CommandOf } from '../decision.ts';
import type {
  PlaceCodeAssignment,
  PlaceMerger,
  PlaceRegistration,
  PlaceRenaming,
} from './place-events.ts';

/** What may be asked of a place. */
export type PlaceCommand = RegisterPlace | RenamePlace | MergePlace | AssignPlaceCode;

export type RegisterPlace = CommandOf<'RegisterPlace', PlaceRegistration>;
export type RenamePlace = CommandOf<'RenamePlace', PlaceRenaming>;
export type MergePlace = CommandOf<'MergePlace', PlaceMerger>;
export type AssignPlaceCode = CommandOf<'AssignPlaceCode', PlaceCodeAssignment>;
