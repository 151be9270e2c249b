import { defineView, table } from '../engine/view.ts';

/** A place as it is called and placed now. */
export interface DirectoryRow {
  readonly placeId: string;
  readonly level: 'county' | 'town' | 'village';
  readonly name: string;
  readonly parentId: string | null;
  readonly divisionCode: string | null;
  readonly validFrom: string;
  readonly mergedInto: string | null;
  readonly mergedOn: string | null;
}

/** A name a place had, so that old documents still find it. */
export interface FormerNameRow {
  /** `<placeId>/<until>` */
  readonly key: string;
  readonly placeId: string;
  readonly name: string;
  readonly until: string;
}

export interface PayeeRow {
  readonly payeeId: string;
  readonly kind: string;
  /** Null for persons, whose names are not in the ledger. */
  readonly name: string | null;
  readonly creditCode: string | null;
}

const tables = {
  places: table<DirectoryRow>(
    'place',
    'placeId',
    {
      placeId: 'TEXT',
      level: 'TEXT',
      name: 'TEXT',
      parentId: 'TEXT',
      divisionCode: 'TEXT',
      validFrom: 'TEXT',
      mergedInto: 'TEXT',
      mergedOn: 'TEXT',
    },
    ['parentId', 'name'],
  ),
  formerNames: table<FormerNameRow>(
    'place_former_name',
    'key',
    { key: 'TEXT', placeId: 'TEXT', name: 'TEXT', until: 'TEXT' },
    ['name'],
  ),
  payees: table<PayeeRow>('payee', 'payeeId', {
    payeeId: 'TEXT',
    kind: 'TEXT',
    name: 'TEXT',
    creditCode: 'TEXT',
  }),
};

export const placeDirectoryView = defineView({
  name: 'place-directory',
  version: 1,
  reads: [
    'PlaceRegistered',
    'PlaceRenamed',
    'PlaceMerged',
    'PlaceCodeAssigned',
    'PayeeRegistered',
    'PayeeChanged',
  ],
  tables,
  fold: ({ places, formerNames, payees }, event) => {
    const placeNamed = (placeId: string): DirectoryRow => {
      const place = places.get(placeId);
      if (place === undefined) throw new Error(`Place ${placeId} was never registered.`);
      return place;
    };
    switch (event.type) {
      case 'PlaceRegistered': {
        const { parentId = null, divisionCode = null, ...place } = event.data;
        return places.put({ ...place, parentId, divisionCode, mergedInto: null, mergedOn: null });
      }
      case 'PlaceRenamed': {
        const { placeId, name } = event.data;
        const place = placeNamed(placeId);
        const until = event.occurredOn;
        formerNames.put({ key: `${placeId}/${until}`, placeId, name: place.name, until });
        return places.put({ ...place, name });
      }
      case 'PlaceMerged': {
        const { placeId, intoPlaceId: mergedInto } = event.data;
        return places.put({ ...placeNamed(placeId), mergedInto, mergedOn: event.occurredOn });
      }
      case 'PlaceCodeAssigned': {
        const { placeId, divisionCode } = event.data;
        return places.put({ ...placeNamed(placeId), divisionCode });
      }
      case 'PayeeRegistered':
      case 'PayeeChanged': {
        const { payeeId, kind, name = null, creditCode = null } = event.data;
        return payees.put({ payeeId, kind, name, creditCode });
      }
      default:
        return;
    }
  },
});
