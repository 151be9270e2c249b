import { defineView, type RowsOf } from '../engine/view.ts';
import { table } from '../engine/table.ts';
import { payeeMergerHandlers, payeeMergerTable } from '../mergers/payee-mergers.ts';
import {
  merge,
  revoke,
  successionIn,
  UNMERGED,
  type Merging,
  type Succession,
} from '../mergers/succession.ts';
import type { ViewEventOf } from '../engine/view-event.ts';

/** A place as it is called and placed now. */
export interface DirectoryRow extends Merging {
  readonly placeId: string;
  readonly level: 'county' | 'town' | 'village';
  readonly name: string;
  readonly parentId: string | null;
  readonly divisionCode: string | null;
  readonly validFrom: string;
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

/** A payee as it was last described. */
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
      circleInto: 'TEXT',
      mergerEventId: 'TEXT',
    },
    { indexed: ['parentId', 'name'] },
  ),
  formerNames: table<FormerNameRow>(
    'place_former_name',
    'key',
    { key: 'TEXT', placeId: 'TEXT', name: 'TEXT', until: 'TEXT' },
    { indexed: ['name'] },
  ),
  payees: table<PayeeRow>('payee', 'payeeId', {
    payeeId: 'TEXT',
    kind: 'TEXT',
    name: 'TEXT',
    creditCode: 'TEXT',
  }),
  payeeMergers: payeeMergerTable('payee_merger'),
};

type Rows = RowsOf<typeof tables>;

export const placeDirectoryView = defineView({
  name: 'place-directory',
  version: 3,
  tables,
  on: {
    PlaceRegistered: ({ places }, { data }) => {
      const { parentId = null, divisionCode = null, ...place } = data;
      places.put({ ...place, parentId, divisionCode, ...NO_MERGER });
    },
    PlaceRenamed: (rows, { data: { placeId, name }, occurredOn: until }) => {
      const place = placeOf(rows, placeId);
      rows.formerNames.put({ key: `${placeId}/${until}`, placeId, name: place.name, until });
      rows.places.put({ ...place, name });
    },
    PlaceMerged: (rows, { id: eventId, data: { placeId, intoPlaceId: into }, occurredOn }) => {
      merge(mergersOf(rows), { from: placeId, into, eventId });
      rows.places.put({ ...placeOf(rows, placeId), mergedOn: occurredOn });
    },
    PlaceMergerRevoked: (rows, { data: { placeId, reversedEventId } }) => {
      revoke(mergersOf(rows), placeId, reversedEventId);
      const place = placeOf(rows, placeId);
      if (place.mergerEventId === null) rows.places.put({ ...place, mergedOn: null });
    },
    PlaceParentChanged: (rows, { data: { placeId, parentId } }) =>
      rows.places.put({ ...placeOf(rows, placeId), parentId }),
    PlaceCodeAssigned: (rows, { data: { placeId, divisionCode } }) =>
      rows.places.put({ ...placeOf(rows, placeId), divisionCode }),
    PayeeRegistered: putPayee,
    PayeeChanged: putPayee,
    ...payeeMergerHandlers,
  },
});

const NO_MERGER = { ...UNMERGED, mergedOn: null };

const mergersOf = ({ places }: Rows): Succession =>
  successionIn(places, (row, merging) => ({ ...row, ...merging }));

function putPayee(
  { payees }: Rows,
  { data }: ViewEventOf<'PayeeRegistered' | 'PayeeChanged'>,
): void {
  const { payeeId, kind, name = null, creditCode = null } = data;
  payees.put({ payeeId, kind, name, creditCode });
}

const placeOf = ({ places }: Rows, placeId: string): DirectoryRow => {
  const place = places.get(placeId);
  if (place === undefined) throw new Error(`Place ${placeId} was never registered.`);
  return place;
};
