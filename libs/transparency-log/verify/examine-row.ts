import { asciiJson } from '#event-store/canonical-json';
import { leafOfLine, lineOfTexts } from '#event-codec/event-line';
import { toEventText } from '#event-store/event-text';
import type { JsonObject } from '#event-store/port';
import type { InspectedRow } from '#event-store/inspection';
import { isHash, type Hash } from '#integrity/hash';
import { HOT_COLUMN_NAMES, hotColumnsOf } from '#event-codec/hot-columns';
import { suspectIn } from './suspect.ts';
import type { FileFault } from './verification-fault.ts';

export interface Examined {
  /** Of the event as it reads; as it is stored where it cannot be read. */
  readonly leaf: Hash;
  readonly fault?: FileFault;
}

/** Works out anew all that a row holds besides its event. Rows are to be given in their order. */
export const openExaminer = (): ((row: InspectedRow) => Examined) => {
  const isInOrder = openOrder();
  return (row) => {
    const read = readEvent(row);
    if (read === undefined) {
      const leaf = isHash(row.leaf) ? row.leaf : NO_LEAF;
      return { leaf, fault: { kind: 'unreadable', event: suspectIn(row) } };
    }
    const { leaf, isAsSpelt, data, meta } = read;
    if (leaf !== row.leaf) return { leaf, fault: { kind: 'event-altered', event: suspectIn(row) } };
    const hotColumns = hotColumnsOf({ id: row.id, type: row.type, data, meta });
    const isAsTaken =
      hotColumns.every((hotColumn, n) => hotColumn === row.hotColumns[n]) && isInOrder(row);
    const isInPlace = row.strayedTo === undefined && !row.isMistyped;
    if (isAsSpelt && isAsTaken && isInPlace) return { leaf };
    return { leaf, fault: { kind: 'row-altered', event: suspectIn(row) } };
  };
};

/** In place of the leaf of an event that is not there. */
export const NO_LEAF: Hash = '0'.repeat(64);

const readEvent = ({ id, type, stream, revision, ...row }: InspectedRow) => {
  try {
    // Whatever they hold: what was not written by `append` has another leaf.
    const data = JSON.parse(row.data) as JsonObject;
    const meta = JSON.parse(row.meta) as Record<string, string>;
    const text = toEventText({ id, type, data, meta });
    const isAsSpelt = asciiJson(text.data) === row.data && asciiJson(text.meta) === row.meta;
    return { leaf: leafOfLine(lineOfTexts(stream, revision, text)), isAsSpelt, data, meta };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
};

/** A copy has one column more, which nothing can give again: where each event stands in its origin. */
const openOrder = () => {
  let before = -1;
  return ({ hotColumns }: InspectedRow): boolean =>
    hotColumns.slice(HOT_COLUMN_NAMES.length).every((origin) => {
      const isAfter = Number.isSafeInteger(origin) && Number(origin) > before;
      before = Number(origin);
      return isAfter;
    });
};
