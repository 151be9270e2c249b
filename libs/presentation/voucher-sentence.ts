import { formatYuan } from '#ledger/money';
import type { Refusal } from '#ledger/refusals';
import type { Sentence } from './event-sentence.ts';
import { printable } from './printable.ts';

type VoucherRefusal = Extract<Refusal, { readonly code: `voucher-${string}` }>;

/** What is said of a voucher that is recorded already: where it is, and how to go on. */
export const voucherSentence = (refusal: VoucherRefusal): Sentence => {
  const { voucher, occurredOn } = refusal;
  const amount = formatYuan(refusal.amountFen);
  switch (refusal.code) {
    case 'voucher-already-recorded': {
      const at = numberIn(refusal.position);
      return say(
        `凭证 ${voucher} 在这笔资金上已于 ${occurredOn} 记过 ${amount} 元${at.zh},没有再记。若确是另一笔,请写明原因(${FIELD.zh})。`,
        `Voucher ${voucher} is recorded for this allocation on ${occurredOn} with ${amount} yuan${at.en}; it was not recorded again. If this is another movement, say why (${FIELD.en}).`,
      );
    }
    case 'voucher-already-paid': {
      const { position, place } = refusal;
      const at = numberIn(position);
      return say(
        `凭证 ${voucher} 已于 ${occurredOn} 在${place.join('')}支付 ${amount} 元给同一收款人${at.zh},没有再付。若确是另一笔,请写明原因(${FIELD.zh})。`,
        `Voucher ${voucher} was paid on ${occurredOn} for ${place.join('')}: ${amount} yuan to the same payee${at.en}; it was not paid again. If this is another payment, say why (${FIELD.en}).`,
      );
    }
    case 'voucher-claimed':
      return say(
        `凭证 ${voucher}(${amount} 元)已于 ${occurredOn} 为支付 ${refusal.paymentId} 占用,那笔支付还没有入账,可能正在办理,或在办理时中断。请用原来的 --key(Idempotency-Key)重试;若确要另行支付,请写明原因(${FIELD.zh})。`,
        `Voucher ${voucher} (${amount} yuan) was claimed on ${occurredOn} for payment ${refusal.paymentId}, which is not recorded: it is under way, or was interrupted. Ask again with its --key (Idempotency-Key); if this is another payment, say why (${FIELD.en}).`,
      );
  }
};

const FIELD = {
  zh: 'mz 用 --voucher-reason,接口用 voucherReason',
  en: '--voucher-reason of mz, voucherReason of the API',
};

/** The number of an event in the journal, where it is known. */
const numberIn = (position: number | undefined): Sentence =>
  position === undefined
    ? { zh: '', en: '' }
    : { zh: `(日志位置 ${position})`, en: ` (position ${position})` };

const say = (zh: string, en: string): Sentence => ({ zh: printable(zh), en: printable(en) });
