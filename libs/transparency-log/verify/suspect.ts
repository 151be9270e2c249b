import { HOT_COLUMN_NAMES } from '#event-codec/hot-columns';
import type { InspectedRow } from '#event-store/inspection';

/** An event that something is wrong with, by what its row still says of it. */
export interface Suspect {
  readonly position: number;
  readonly id: string;
  readonly type: string;
  readonly stream: string;
  readonly allocationId?: string;
  readonly amountFen?: number;
  /** The amount in the column beside the text, where the text has another or none. */
  readonly besideFen?: number;
  /** What the hash beside it stands for, where that could be found. */
  readonly hashed?: Suspect;
}

/** Found in the text itself, which need not be JSON any more. */
export const suspectIn = (row: InspectedRow): Suspect => {
  const { position, id, type, stream, meta, data } = row;
  // Where a border between columns was moved, what was in one is in the other.
  const text = `${id}${meta}${data}`;
  const allocationId = /"allocationId":"([^"]*)"/.exec(text)?.[1];
  const amount = /"amountFen":(\d{1,15})[,}]/.exec(text)?.[1];
  const amountFen = amount === undefined ? undefined : Number(amount);
  const besideFen = row.hotColumns[HOT_COLUMN_NAMES.indexOf('amount_fen')] ?? undefined;
  return {
    ...{ position, id, type, stream },
    ...(allocationId === undefined ? {} : { allocationId }),
    ...(amountFen === undefined ? {} : { amountFen }),
    ...(besideFen === undefined || besideFen === amountFen ? {} : { besideFen }),
  };
};
