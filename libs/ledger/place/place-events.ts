import type { BusinessDate } from '../calendar.ts';
import type { EventOf } from '../decision.ts';
import type { DivisionCode, DivisionLevel } from '../division-code.ts';

/** `place-<id>`: a county, town (镇/乡/街道) or village, through its names, codes and mergers. */
export type PlaceEvent =
  | EventOf<'PlaceRegistered', PlaceRegistration> // 登记
  | EventOf<'PlaceRenamed', PlaceRenaming> // 更名
  | EventOf<'PlaceMerged', PlaceMerger> // 并入
  | EventOf<'PlaceMergerRevoked', PlaceMergerRevocation> // 撤销并入
  | EventOf<'PlaceParentChanged', PlaceParentChange> // 改隶
  | EventOf<'PlaceCodeAssigned', PlaceCodeAssignment>; // 赋区划代码

interface OfPlace {
  readonly placeId: string;
}

export interface PlaceRegistration extends OfPlace {
  readonly level: DivisionLevel;
  /** The full name with its suffix: 神头镇 and 神头街道 are two places. */
  readonly name: string;
  /** The county of a town, the town of a village; a county has none. */
  readonly parentId?: string;
  readonly divisionCode?: DivisionCode;
  readonly validFrom: BusinessDate;
}

export interface PlaceRenaming extends OfPlace {
  /** The new full name with its suffix. */
  readonly name: string;
}

export interface PlaceMerger extends OfPlace {
  /** The place that continues; the merged place takes no further command but the revocation of its merger. */
  readonly intoPlaceId: string;
}

export interface PlaceMergerRevocation extends OfPlace {
  /** The `PlaceMerged` event that is taken back. */
  readonly reversedEventId: string;
  readonly reason: string;
  /** 批准文号 of the revocation. */
  readonly approval: string;
}

export interface PlaceParentChange extends OfPlace {
  /** The county of a town, the town of a village, from the business day on. */
  readonly parentId: string;
  /** 批准文号 of the change. */
  readonly approval: string;
}

export interface PlaceCodeAssignment extends OfPlace {
  readonly divisionCode: DivisionCode;
}
