import type { ReadDatabase } from '../engine/read-database.ts';
import { endSql } from '../places/end-sql.ts';
import type { DirectoryRow, FormerNameRow } from './view.ts';

export interface PlaceEntry extends Omit<DirectoryRow, 'circleInto' | 'mergerEventId'> {
  /** The place above it; where that was merged, its successor. */
  readonly parentId: string | null;
  /** Names from the county down to the place. */
  readonly path: readonly string[];
}

export interface PlaceFilter {
  readonly level?: DirectoryRow['level'];
  readonly parentId?: string;
  readonly name?: string;
}

const SELECT_PLACES = `
  SELECT p.*, parent.placeId AS parentId, parent.name AS parentName,
    grandparent.name AS grandparentName
  FROM place p
  LEFT JOIN place parent ON parent.placeId = ${endSql('place', 'p.parentId')}
  LEFT JOIN place grandparent ON grandparent.placeId = ${endSql('place', 'parent.parentId')}`;

type JoinedRow = DirectoryRow & {
  readonly parentName: string | null;
  readonly grandparentName: string | null;
};

export const places = (
  db: ReadDatabase,
  { level, parentId, name }: PlaceFilter = {},
): readonly PlaceEntry[] =>
  db
    .all<JoinedRow>(
      `${SELECT_PLACES}
       WHERE (?1 IS NULL OR p.level = ?1) AND (?2 IS NULL OR parent.placeId = ?2)
         AND (?3 IS NULL OR p.name = ?3)
       ORDER BY grandparentName NULLS FIRST, parentName NULLS FIRST, p.name, p.placeId`,
      level ?? null,
      parentId ?? null,
      name ?? null,
    )
    .map(toEntry);

export const place = (db: ReadDatabase, placeId: string): PlaceEntry | undefined => {
  const row = db.get<JoinedRow>(`${SELECT_PLACES} WHERE p.placeId = ?`, placeId);
  return row === undefined ? undefined : toEntry(row);
};

export interface MergerInCircle {
  readonly placeId: string;
  readonly name: string;
  readonly intoName: string;
  readonly mergerEventId: string;
}

/** Mergers that would close a circle and are without effect. */
export const mergersInCircles = (db: ReadDatabase): readonly MergerInCircle[] =>
  db.all<MergerInCircle>(
    `SELECT p.placeId, p.name, target.name AS intoName, p.mergerEventId
     FROM place p JOIN place target ON target.placeId = p.circleInto ORDER BY p.placeId`,
  );

export type FoundPlace =
  | { readonly kind: 'found'; readonly place: PlaceEntry }
  | { readonly kind: 'ambiguous'; readonly candidates: readonly PlaceEntry[] }
  | { readonly kind: 'unknown'; readonly near: readonly PlaceEntry[] };

/**
 * The place that a text names in full: `神头镇东神头村`, `神头镇/东神头村`, `东神头村` or `140602100000`.
 * 神头 names neither 神头镇 nor 神头街道; both are then offered.
 */
export const findPlace = (db: ReadDatabase, text: string): FoundPlace => {
  const wanted = text.replace(/[\s/]/g, '');
  const all = places(db);
  const found = all.filter(
    (entry) =>
      entry.placeId === text || entry.divisionCode === text || endingsOf(entry).includes(wanted),
  );
  const [only, ...others] = found;
  if (only !== undefined && others.length === 0) return { kind: 'found', place: only };
  if (only !== undefined) return { kind: 'ambiguous', candidates: found };
  const near = all.filter(
    ({ name }) => name.startsWith(wanted) || wanted.endsWith(name.slice(0, -1)),
  );
  return { kind: 'unknown', near: near.slice(0, 5) };
};

export interface NamedPlace {
  readonly placeId: string;
  readonly name: string;
  /** Names it had before, the oldest first. */
  readonly formerNames: readonly string[];
  readonly divisionCode: string | null;
  readonly parent: string | null;
}

/** Every place with the name of its parent and the names it had, by name. */
export const namedPlaces = (db: ReadDatabase): readonly NamedPlace[] => {
  const former = Map.groupBy(
    db.all<FormerNameRow>('SELECT * FROM place_former_name ORDER BY until, key'),
    ({ placeId }) => placeId,
  );
  const places = db.all<Omit<NamedPlace, 'formerNames'>>(
    `SELECT p.placeId, p.name, p.divisionCode, parent.name AS parent
     FROM place p LEFT JOIN place parent ON parent.placeId = ${endSql('place', 'p.parentId')}
     ORDER BY p.name, p.placeId`,
  );
  return places.map((place) => ({
    ...place,
    formerNames: (former.get(place.placeId) ?? []).map(({ name }) => name),
  }));
};

/** The place itself and every place whose money it has, mergers followed to their end. */
export const withMerged = (db: ReadDatabase, placeId: string): readonly string[] =>
  db
    .all<{ placeId: string }>(
      `WITH RECURSIVE part (placeId) AS (
         VALUES (?) UNION SELECT p.placeId FROM place p JOIN part ON p.mergedInto = part.placeId
       ) SELECT placeId FROM part`,
      placeId,
    )
    .map((part) => part.placeId);

const toEntry = (joined: JoinedRow): PlaceEntry => {
  const { parentName, grandparentName, circleInto: _circle, mergerEventId: _id, ...row } = joined;
  return {
    ...row,
    mergedOn: row.mergedInto === null ? null : row.mergedOn,
    path: [grandparentName, parentName, row.name].filter((name) => name !== null),
  };
};

/** A path and its endings: 朔城区神头镇东神头村, 神头镇东神头村, 东神头村. */
const endingsOf = ({ path }: PlaceEntry): readonly string[] =>
  path.map((_name, index) => path.slice(index).join(''));
