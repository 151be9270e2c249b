import { Option, type Command } from 'commander';
import { reversalCommand, type Reversal } from '#application/corrections/reversal-command';
import { toLedgerEvent } from '#event-codec/decode';
import { eventsNamed } from '#event-store/events-named';
import type { RecordedEvent } from '#event-store/port';
import { PAYMENT_REVERSAL_KINDS, type PaymentReversalKind } from '#ledger/fund/fund-events';
import type { RecordedLedgerEvent } from '#ledger/ledger-events';
import { REMEDIES } from '#ledger/remedies';
import { eventSentence } from '#presentation/event-sentence';
import { remedySentence } from '#presentation/remedy-sentence';
import { payments } from '#projections/allocation-register/query';
import type { Ledger } from '#wiring/ledger';
import { readAmount } from '../options/names.ts';
import { badInput, CommandFault, EXIT } from '../session/exit-codes.ts';
import type { Session } from '../session/session.ts';
import { withdraw } from '../withdraw.ts';
import { withWriteOptions, write, type WriteOptions } from '../write.ts';

interface Options extends WriteOptions {
  readonly reason: string;
  readonly kind?: PaymentReversalKind;
  readonly voucher?: string;
  readonly approval?: string;
}

/** 冲销: whatever was entered wrongly; the ledger finds how it is taken back. */
export const registerReverse = (program: Command, session: Session): void => {
  withWriteOptions<Options>(
    session,
    program
      .command('reverse <entry> [amount]')
      .description('冲销一笔记账(日志位置或事件编号;支付也可用凭证号) take an entry back')
      .requiredOption('--reason <text>', '原因')
      .addOption(
        new Option('--kind <kind>', '支付为何退回 why a payment came back').choices(
          PAYMENT_REVERSAL_KINDS,
        ),
      )
      .option('--voucher <number>', '支付退回的凭证号')
      .option('--approval <number>', '批准文号'),
    async (ledger, options, [name = '', amount]) => {
      const event = await entryNamed(ledger, name);
      const remedy = REMEDIES[event.type];
      if (remedy.kind !== 'taken-back') throw notTakenBack(event);
      if (event.type === 'NoticeIssued') {
        return withdraw(session, ledger, event.data.noticeId, options, false);
      }
      const { reason, kind, voucher, approval } = options;
      const reversal: Reversal = {
        reason,
        ...(amount === undefined ? {} : { amountFen: readAmount(amount) }),
        ...(kind && { kind }),
        ...(voucher && { voucher }),
        ...(approval && { approval }),
      };
      await write(session, ledger, options, remedy.command, (context) => {
        const built = reversalCommand(event, reversal, context);
        if (built === undefined) throw notTakenBack(event);
        if (built.kind === 'built') return [built.command];
        throw badInput(
          built.faults.map(({ zh }) => zh).join(''),
          built.faults.map(({ en }) => en).join(' '),
        );
      });
    },
  );
};

/** By its number in the journal, its event's id or the beginning of one; a payment also by its own id or voucher. */
const entryNamed = async (
  { log, views: { db } }: Ledger,
  name: string,
): Promise<RecordedLedgerEvent> => {
  const wanted = name.replace(/^#/, '');
  const paid = payments(db).filter(
    ({ paymentId, voucher }) =>
      !name.startsWith('#') &&
      (voucher === name || (name.length >= 4 && paymentId.startsWith(name))),
  );
  const byPayment = new Set(paid.map(({ eventId }) => eventId));
  const events: RecordedEvent[] = (await eventsNamed(log, wanted)).filter(
    ({ id }) => !byPayment.has(id),
  );
  for (const { allocationId, eventId } of paid) {
    for await (const event of log.readStream(`fund-${allocationId}`)) {
      if (event.id === eventId) events.push(event);
    }
  }
  const [only, ...others] = events.map(toLedgerEvent);
  if (only !== undefined && others.length === 0) return only;
  if (only === undefined) {
    throw badInput(
      `没有记账“${name}”。用 mz journal 查看位置。`,
      `There is no entry “${name}”. See mz journal.`,
    );
  }
  const listed = [only, ...others].slice(0, 5);
  throw badInput(
    `“${name}”不止一笔:${listed.map((one) => `#${one.position} ${eventSentence(one).zh}`).join(';')}。请写 #位置。`,
    `“${name}” is ambiguous: ${listed.map((one) => `#${one.position} ${eventSentence(one).en}`).join('; ')}. Write #position.`,
  );
};

const notTakenBack = ({ type }: RecordedLedgerEvent): CommandFault => {
  const { zh, en } = remedySentence(type);
  return new CommandFault(EXIT.refused, zh, en);
};
