import { toLedgerEvent } from '#event-codec/decode';
import type { RecordedEvent } from '#event-store/port';
import type { Attachment } from '#ledger/context';
import { eventSentence } from '#presentation/event-sentence';
import type { Posting } from '../account-totals.ts';
import type { PackagedPlace } from '../places.ts';
import { columnsOf, type Table } from '../table.ts';

const event = columnsOf<ReturnType<typeof toEventRow>>();

export const EVENTS: Table<ReturnType<typeof toEventRow>> = {
  name: 'events',
  zh: '全部事件,按入账次序;一行对应 bundle.ndjson 的一行',
  en: 'every event in the order of recording; one row for a line of bundle.ndjson',
  source: 'bundle.ndjson',
  indexed: ['stream', 'type', 'occurredOn', 'id'],
  columns: [
    event.number('position', '位置,从 1 起', 'position, from 1', (row) => row.position),
    event.text(
      'recordedAt',
      '入账时刻(UTC)',
      'instant of recording (UTC)',
      (row) => row.recordedAt,
    ),
    event.text('occurredOn', '业务日期', 'business date', (row) => row.occurredOn),
    event.text('type', '事件类型', 'type of event', (row) => row.type),
    event.text('stream', '所属的流', 'stream it belongs to', (row) => row.stream),
    event.number(
      'revision',
      '流内序号,从 0 起',
      'place in its stream, from 0',
      (row) => row.revision,
    ),
    event.text('actorId', '经手人', 'who', (row) => row.actor.id),
    event.text(
      'actorOrganisation',
      '经手单位',
      'of which organisation',
      (row) => row.actor.organisation,
    ),
    event.text('actorRole', '经手角色', 'in which role', (row) => row.actor.role),
    event.text('zh', '事项', 'what happened, in Chinese', (row) => row.sentence.zh),
    event.text('en', '事项(英文)', 'what happened, in English', (row) => row.sentence.en),
    event.text('id', '事件编号(UUID)', 'id of the event (UUID)', (row) => row.id),
    event.text('leaf', '叶子哈希,SHA-256', 'leaf hash, SHA-256', (row) => row.leaf),
  ],
};

export const toEventRow = (recorded: RecordedEvent, leaf: string) => {
  const known = toLedgerEvent(recorded);
  return {
    ...known,
    position: Number(known.position),
    revision: Number(known.revision),
    sentence: eventSentence(known),
    leaf,
  };
};

export type PostingRow = Posting & {
  readonly recorded: RecordedEvent;
  readonly place: PackagedPlace;
  /** Null for persons, undefined where nobody is paid. */
  readonly payee: string | null | undefined;
};

const posting = columnsOf<PostingRow>();

/** A text of the event's own data, where it has one. */
const said =
  (name: string) =>
  ({ recorded }: PostingRow): string | undefined => {
    const value = recorded.data[name];
    return typeof value === 'string' ? value : undefined;
  };

export const POSTINGS: Table<PostingRow> = {
  name: 'postings',
  zh: '每一笔资金移动;全部账户合计为零',
  en: 'every movement of money; all accounts together are zero',
  source: 'bundle.ndjson',
  indexed: ['allocationId', 'placeId', 'heldByPlaceId', 'payeeId', 'occurredOn'],
  columns: [
    posting.number('position', '事件位置', 'position of the event', ({ recorded }) =>
      Number(recorded.position),
    ),
    posting.text(
      'occurredOn',
      '业务日期',
      'business date',
      ({ recorded }) => recorded.meta['occurredOn'],
    ),
    posting.text('type', '事件类型', 'type of event', ({ recorded }) => recorded.type),
    posting.text('allocationId', '资金编号', 'allocation', (row) => row.allocationId),
    posting.number('fiscalYear', '资金年度', 'fiscal year of the money', (row) => row.fiscalYear),
    posting.text(
      'placeId',
      '下达地点编号',
      'place the money was issued for',
      ({ place }) => place.placeId,
    ),
    posting.text(
      'place',
      '下达地点,由县到村',
      'its names, from the county down',
      ({ place }) => place.path,
    ),
    posting.text(
      'heldByPlaceId',
      '现归地点编号(并村后)',
      'place that has it after mergers',
      ({ place }) => place.successor.placeId,
    ),
    posting.text(
      'heldBy',
      '现归地点',
      'its names, from the county down',
      ({ place }) => place.successor.path,
    ),
    posting.text('fromAccount', '转出账户', 'account it left', (row) => row.from),
    posting.text('toAccount', '转入账户', 'account it went to', (row) => row.to),
    posting.money('amount', '金额', 'amount', (row) => row.amountFen),
    posting.text('payeeId', '收款人编号', 'payee', said('payeeId')),
    posting.text(
      'payee',
      '收款人(个人不列名)',
      'name of the payee; none for persons',
      (row) => row.payee,
    ),
    posting.text('paymentId', '支付编号', 'payment, or the payment reversed', said('paymentId')),
    posting.text('voucher', '凭证号', 'voucher', said('voucher')),
  ],
};

export interface AttachmentRow extends Attachment {
  readonly recorded: RecordedEvent;
}

const attachment = columnsOf<AttachmentRow>();

export const ATTACHMENTS: Table<AttachmentRow> = {
  name: 'attachments',
  zh: '附件:台账只存指纹,不存文件',
  en: 'attachments: the ledger keeps their fingerprints, not their bytes',
  source: 'bundle.ndjson',
  indexed: ['sha256'],
  columns: [
    attachment.number('position', '事件位置', 'position of the event', ({ recorded }) =>
      Number(recorded.position),
    ),
    attachment.text('eventId', '事件编号', 'id of the event', ({ recorded }) => recorded.id),
    attachment.text('type', '事件类型', 'type of event', ({ recorded }) => recorded.type),
    attachment.text('name', '文件名', 'name of the file', (row) => row.name),
    attachment.text('sha256', '文件的 SHA-256', 'SHA-256 of the file', (row) => row.sha256),
    attachment.number('bytes', '字节数', 'size in bytes', (row) => row.bytes),
  ],
};

export const attachmentsOf = (recorded: RecordedEvent): readonly AttachmentRow[] => {
  const { attachments } = recorded.data;
  if (!Array.isArray(attachments)) return [];
  // Written from the `Attachment`s of this event's data.
  return (attachments as unknown as readonly Attachment[]).map((one) => ({ ...one, recorded }));
};
