import { canonicalJson } from '#event-store/canonical-json';
import type { RecordedEvent } from '#event-store/port';
import { columnsOf, type Table } from '../table.ts';

/** A value that was set, and whether it is the one that applies. */
export interface ParameterRow {
  readonly recorded: RecordedEvent;
  readonly parameterId: string;
  readonly validFrom: string;
  readonly isInForce: boolean;
}

const { number, text } = columnsOf<ParameterRow>();

export const PARAMETERS: Table<ParameterRow> = {
  name: 'parameters',
  zh: '参数:每次设定,以及到最后入账日有效的是哪一个',
  en: 'parameters: every setting, and which one is in force on the day of the last recording',
  source: 'bundle.ndjson: ParameterSet',
  indexed: [],
  columns: [
    text('parameterId', '参数', 'parameter', (row) => row.parameterId),
    text('validFrom', '自何日起', 'in force since', (row) => row.validFrom),
    number('inForce', '1 为现行有效', '1 where it is in force', (row) => Number(row.isInForce)),
    text('value', '值(JSON)', 'value (JSON)', ({ recorded }) =>
      canonicalJson(recorded.data['value'] ?? null),
    ),
    text('source', '依据', 'the document it comes from', ({ recorded }) =>
      textOf(recorded.data['source']),
    ),
    text('setOn', '设定的业务日期', 'business date of the setting', (row) =>
      meta(row, 'occurredOn'),
    ),
    text('recordedAt', '入账时刻(UTC)', 'instant of recording (UTC)', (row) =>
      meta(row, 'recordedAt'),
    ),
    text('actorId', '设定人', 'who set it', (row) => meta(row, 'actorId')),
    text('actorOrganisation', '设定单位', 'of which organisation', (row) =>
      meta(row, 'actorOrganisation'),
    ),
    text('actorRole', '设定角色', 'in which role', (row) => meta(row, 'actorRole')),
    number('position', '事件位置', 'position of the event', ({ recorded }) =>
      Number(recorded.position),
    ),
  ],
};

/** Rows by parameter and day; of two settings from the same day the later one counts. */
export const parameterRows = (
  settings: readonly RecordedEvent[],
  on: string,
): readonly ParameterRow[] => {
  const rows = settings
    .map((recorded) => ({
      recorded,
      parameterId: textOf(recorded.data['parameterId']),
      validFrom: textOf(recorded.data['validFrom']),
    }))
    .sort(byParameterAndDay);
  const inForce = new Map(
    rows.filter(({ validFrom }) => validFrom <= on).map((row) => [row.parameterId, row]),
  );
  return rows.map((row) => ({ ...row, isInForce: inForce.get(row.parameterId) === row }));
};

type Setting = Omit<ParameterRow, 'isInForce'>;

const byParameterAndDay = (left: Setting, right: Setting): number => {
  const [a, b] = [left, right].map(({ parameterId, validFrom }) => `${parameterId} ${validFrom}`);
  if (a !== b) return (a ?? '') < (b ?? '') ? -1 : 1;
  return left.recorded.position < right.recorded.position ? -1 : 1;
};

const meta = ({ recorded }: ParameterRow, name: string): string | undefined => recorded.meta[name];

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
