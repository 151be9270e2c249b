import { toLedgerEvent } from '#event-codec/decode';
import type { Recorded } from '#application/commands/command-result';
import type { RecordedLedgerEvent } from '#ledger/ledger-events';
import { recordedSentence, type Concerned } from '#presentation/recorded-sentence';
import { allocation } from '#projections/allocation-register/query';
import type { ReadDatabase } from '#projections/engine/read-database';
import { payee } from '#projections/place-directory/payees';
import { place } from '#projections/place-directory/query';
import type { Ledger } from '#wiring/ledger';
import type { Terminal } from './terminal.ts';

/** Prints what was recorded, now or before, and reads each entry back as the journal has it. */
export const printRecorded = async (
  { print: line, printJson }: Terminal,
  { log, views }: Pick<Ledger, 'log' | 'views'>,
  recorded: readonly Recorded[],
  { json, lang }: { readonly json?: boolean; readonly lang: 'zh' | 'en' },
): Promise<void> => {
  if (json === true) {
    const shown = recorded.map(({ outcome: kind, stream, revision, position, ids }) => ({
      ...{ kind, stream, revision, position, ids },
    }));
    return printJson(shown.length === 1 ? shown[0] : shown);
  }
  for (const one of recorded) {
    const { outcome, type, position, ids } = one;
    const isRepeated = outcome === 'repeated';
    line(
      lang === 'en'
        ? `${isRepeated ? 'Recorded before' : 'Recorded'}: ${type}, position ${position}`
        : `${isRepeated ? '此前已记' : '已记账'},日志位置 ${position}`,
    );
    for (const event of await recordedEvents(log, one))
      line(`  ${recordedSentence(event, concernedBy(views.db, event))[lang]}`);
    for (const [name, id] of Object.entries(ids)) line(`  ${name} ${id}`);
  }
};

/** The events that a command left behind, in order; `revision` is that of the last. */
export const recordedEvents = async (
  log: Ledger['log'],
  { stream, revision }: Pick<Recorded, 'stream' | 'revision'>,
): Promise<readonly RecordedLedgerEvent[]> => {
  const events: RecordedLedgerEvent[] = [];
  const newestFirst = { from: BigInt(revision), direction: 'backwards' } as const;
  for await (const recorded of log.readStream(stream, newestFirst)) {
    const event = toLedgerEvent(recorded);
    if (events.length > 0 && event.commandId !== events[0]?.commandId) break;
    events.unshift(event);
  }
  return events;
};

const concernedBy = (db: ReadDatabase, { data }: RecordedLedgerEvent): Concerned => {
  const placeId =
    'placeId' in data
      ? data.placeId
      : 'allocationId' in data
        ? allocation(db, data.allocationId)?.placeId
        : undefined;
  const path = placeId === undefined ? undefined : place(db, placeId)?.path;
  const name = 'payeeId' in data ? payee(db, data.payeeId)?.name : undefined;
  return {
    ...(path === undefined ? {} : { place: path }),
    ...(name == null ? {} : { payee: name }),
  };
};
