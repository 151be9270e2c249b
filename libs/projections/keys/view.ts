import { EVENT_TYPES } from '#ledger/event-types';
import { table } from '../engine/table.ts';
import { defineView, type RowsOf } from '../engine/view.ts';
import type { ViewEvent } from '../engine/view-event.ts';

/** A command that was asked for with a key, by what follows from the key. */
export interface KeyUseRow {
  /** `<correlation id> <command id> <stream>`: uses of one key are beside each other. */
  readonly keyUse: string;
}

const tables = {
  uses: table<KeyUseRow>('key_use', 'keyUse', { keyUse: 'TEXT' }),
};

/**
 * Which commands each key was used for, and where. What was asked for without a key (a generated ledger) has
 * the id of the command for its correlation and is not in it; nor are claims on slips, which no key asks for.
 */
const putUse = ({ uses }: RowsOf<typeof tables>, { stream, meta }: ViewEvent): void => {
  const { commandId = '', correlationId = '' } = meta;
  if (correlationId === commandId || stream.startsWith('voucher-')) return;
  uses.put({ keyUse: `${correlationId} ${commandId} ${stream}` });
};

export const keysView = defineView({
  name: 'keys',
  version: 1,
  tables,
  on: Object.fromEntries(EVENT_TYPES.map((type) => [type, putUse])),
});
