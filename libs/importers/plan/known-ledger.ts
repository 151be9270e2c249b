import { noPlaces, type KnownPlaces } from '#ledger/place/known-places';
import type { NumberedNotice } from '#ledger/notice/notice-identity';

/** What an import asks about the ledger it is for. */
export interface KnownLedger {
  /** Undefined where no such place is registered. */
  readonly place: (placeId: string) => { readonly divisionCode: string | null } | undefined;
  readonly notices: readonly NumberedNotice[];
  /** Every place, to be found by its names. */
  readonly places: KnownPlaces;
}

/** A ledger that has not begun. */
export const NOTHING_KNOWN: KnownLedger = {
  place: () => undefined,
  notices: [],
  places: noPlaces(),
};
