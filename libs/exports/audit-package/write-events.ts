import { join } from 'node:path';
import { canonicalJson } from '#event-store/canonical-json';
import { eventLine, leafOfLine } from '#event-codec/event-line';
import type { EventStore, RecordedEvent } from '#event-store/port';
import { appendLeaf, NO_LEAVES, rootOf, type Frontier } from '#integrity/tree';
import { payees } from '#projections/place-directory/payees';
import type { LogIdentity } from '#transparency-log/checkpoints/checkpoint-files';
import { openAccountTotals, type Posting, type Totals } from './account-totals.ts';
import { openOutFile } from './out-file.ts';
import { isOfYear, type Scope } from './scope.ts';
import type { TableFiles } from './table-files.ts';
import { ATTACHMENTS, attachmentsOf, EVENTS, POSTINGS, toEventRow } from './tables/from-log.ts';
import { PARAMETERS, parameterRows } from './tables/parameters.ts';

/** What the first line of a bundle says. */
export interface BundleHead {
  readonly origin: string;
  readonly events: number;
  readonly place: string;
  /** Instants of the first and the last recording; empty when there is none. */
  readonly from: string;
  readonly to: string;
}

/** 2 since balances list advances; verifiers say which formats they read. */
const BUNDLE_FORMAT = 2;

export interface WrittenEvents {
  /** Over all events, signed or not. */
  readonly root: string;
  readonly totals: Totals;
}

/** One reading of the log fills the bundle, the leaves and the tables of what happened: `audit/bundle-format.md`. */
export const writeEvents = async (
  log: EventStore,
  { checkpoints }: LogIdentity,
  head: BundleHead,
  scope: Scope,
  into: { readonly directory: string; readonly tables: TableFiles },
  onProgress: (done: number) => void,
): Promise<WrittenEvents> => {
  const bundle = openOutFile(join(into.directory, 'bundle.ndjson'));
  const leaves = openOutFile(join(into.directory, 'leaves.bin'));
  const accountTotals = openAccountTotals();
  const happened = openHappenings(scope, into.tables);
  let frontier: Frontier = NO_LEAVES;
  bundle.write(`${canonicalJson({ kind: 'bundle', format: BUNDLE_FORMAT, ...head })}\n`);
  for await (const event of log.readAll({ limit: head.events })) {
    const line = eventLine(event);
    const leaf = leafOfLine(line);
    bundle.write(`${line}\n`);
    leaves.write(Buffer.from(leaf, 'hex'));
    ({ frontier } = appendLeaf(frontier, leaf));
    happened.add(event, leaf, accountTotals.take(event));
    if (frontier.size % 1_000 === 0) onProgress(frontier.size);
  }
  if (frontier.size !== head.events) throw new Error('The log ended before its head.');
  for (const { note } of checkpoints) {
    bundle.write(`${canonicalJson({ kind: 'checkpoint', note })}\n`);
  }
  const root = rootOf(frontier);
  for (const line of accountTotals.lines(root)) bundle.write(`${line}\n`);
  bundle.close();
  leaves.close();
  happened.finish();
  return { root, totals: accountTotals.totals() };
};

/** The tables with a row for what an event says. Settings are of all years: they apply until changed. */
const openHappenings = (scope: Scope, tables: TableFiles) => {
  const events = tables.open(EVENTS);
  const postings = tables.open(POSTINGS);
  const attachments = tables.open(ATTACHMENTS);
  const settings: RecordedEvent[] = [];
  const payeeNames = new Map(payees(scope.db).map(({ payeeId, name }) => [payeeId, name]));

  const addPosting = (recorded: RecordedEvent, posting: Posting): void => {
    const place = scope.places.get(posting.placeId);
    if (place === undefined) throw new Error(`Place ${posting.placeId} was never registered.`);
    const { payeeId } = recorded.data;
    const payee = typeof payeeId === 'string' ? payeeNames.get(payeeId) : undefined;
    postings.add({ ...posting, recorded, place, payee });
  };

  return {
    add: (recorded: RecordedEvent, leaf: string, posting: Posting | undefined): void => {
      if (recorded.type === 'ParameterSet') settings.push(recorded);
      if (!isOfYear(scope, recorded.meta['occurredOn'] ?? '')) return;
      events.add(toEventRow(recorded, leaf));
      if (posting !== undefined) addPosting(recorded, posting);
      for (const attachment of attachmentsOf(recorded)) attachments.add(attachment);
    },
    finish: (): void => tables.write(PARAMETERS, parameterRows(settings, scope.on)),
  };
};
