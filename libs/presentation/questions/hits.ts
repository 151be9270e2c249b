import { formatYuan } from '#ledger/money';
import type { Hit, HitKind, SearchResult } from '#history/trace/search';
import { referenceOf, subjectOfHit } from '#history/trace/subject';
import type { RegisterLine } from '#projections/allocation-register/query';
import type { Sentence } from '../event-sentence.ts';
import { presentEvent } from './event.ts';

/** Something that a text was found in, as a list shows it. */
export interface HitView {
  readonly kind: HitKind;
  readonly id: string;
  readonly label: string;
  /** What else distinguishes it from others of its name. */
  readonly detail: string;
  /** What became of a payment since: that all or part of it was reversed. */
  readonly note?: Sentence;
  /** Fen of it that were reversed; absent where none were. */
  readonly reversedFen?: number;
  /** The reference that a trace of it begins with; absent where nothing leads on. */
  readonly clue?: string;
}

export interface SearchView {
  readonly hits: readonly HitView[];
  /** Kinds of which there were more than the limit. */
  readonly more: readonly HitKind[];
}

export const presentSearch = ({ hits, more }: SearchResult): SearchView => ({
  hits: hits.map(presentHit),
  more,
});

export const presentHit = (hit: Hit): HitView => {
  const subject = subjectOfHit(hit);
  return {
    kind: hit.kind,
    ...wordsOf(hit),
    ...reversalOf(hit),
    ...(subject === undefined ? {} : { clue: referenceOf(subject) }),
  };
};

const wordsOf = (hit: Hit): Pick<HitView, 'id' | 'label' | 'detail'> => {
  switch (hit.kind) {
    case 'notice': {
      const { noticeId, documentNumber, title, issuedOn } = hit.notice;
      const basis = hit.basis === undefined ? '' : ` 依据 ${hit.basis}`;
      return { id: noticeId, label: documentNumber, detail: `${title} ${issuedOn}${basis}` };
    }
    case 'place': {
      const { placeId, name, parent, divisionCode, formerNames } = hit.place;
      const former = formerNames.length === 0 ? null : `曾用名 ${formerNames.join('、')}`;
      const detail = [parent, divisionCode, former].filter((part) => part !== null).join(' ');
      return { id: placeId, label: name, detail };
    }
    case 'project':
    case 'allocation':
      return wordsOfLine(hit.line, hit.place);
    case 'payee': {
      const { payeeId, name, creditCode } = hit.payee;
      const merged = hit.merged.map((one) => one.name ?? one.payeeId);
      const had = merged.length === 0 ? null : `已并入 ${merged.join('、')}`;
      const detail = [creditCode, had].filter((part) => part !== null).join(' ');
      return { id: payeeId, label: name ?? '', detail };
    }
    case 'payment': {
      const { paymentId, amountFen, paidOn, voucher } = hit.payment;
      const label = `${yuan(amountFen)} 付 ${hit.payee ?? '个人'}`;
      return { id: paymentId, label, detail: `${paidOn} ${voucher}` };
    }
    case 'voucher': {
      const { eventId, voucher, amountFen, position } = hit.voucher;
      return { id: eventId, label: voucher, detail: `${yuan(amountFen)} 日志位置 ${position}` };
    }
    case 'event': {
      const { id, sentence, type, occurredOn, position } = presentEvent(hit.event);
      return { id, label: sentence.zh, detail: `${type} ${occurredOn} 日志位置 ${position}` };
    }
  }
};

const reversalOf = (hit: Hit): Pick<HitView, 'note' | 'reversedFen'> => {
  if (hit.kind === 'payment') return reversal(hit.payment.reversedFen, hit.payment.amountFen);
  if (hit.kind === 'voucher') return reversal(hit.reversedFen, hit.voucher.amountFen);
  return {};
};

const reversal = (reversedFen: number, amountFen: number) => {
  if (reversedFen === 0) return {};
  const fen = formatYuan(BigInt(reversedFen));
  const note =
    reversedFen === amountFen
      ? { zh: '已全部冲销', en: 'reversed in full' }
      : { zh: `已冲销 ${fen} 元`, en: `${fen} yuan of it reversed` };
  return { note, reversedFen };
};

const wordsOfLine = (line: RegisterLine, place: string) => {
  const { allocationId, projectName, documentNumber, annex, line: row, allocatedFen } = line;
  return {
    id: allocationId,
    label: projectName ?? `${place} ${yuan(allocatedFen)}`,
    detail: `${documentNumber} 附件${annex} 第${row}行 ${place} ${yuan(allocatedFen)}`,
  };
};

/** What each kind of hit is called. */
export const HIT_KINDS = {
  notice: { zh: '文件', en: 'notice' },
  place: { zh: '地点', en: 'place' },
  project: { zh: '项目', en: 'project' },
  allocation: { zh: '资金', en: 'allocation' },
  payee: { zh: '收款人', en: 'payee' },
  payment: { zh: '支付', en: 'payment' },
  voucher: { zh: '凭证', en: 'voucher' },
  event: { zh: '事件', en: 'event' },
} as const satisfies Record<HitKind, Sentence>;

const yuan = (fen: number): string => `${formatYuan(BigInt(fen))} 元`;
