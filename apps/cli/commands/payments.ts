import { Option, type Command } from 'commander';
import type { PaymentStage, PayingAccount } from '#ledger/fund/fund-events';
import { PAYMENT_STAGES } from '#ledger/fund/fund-events';
import { payments, requests } from '#projections/allocation-register/query';
import type { ReadDatabase } from '#projections/engine/read-database';
import { findAllocation, findPayee, readAmount } from '../names.ts';
import { badInput } from '../session.ts';
import { writes, type WriteOptions } from '../write.ts';

interface PaymentOptions extends WriteOptions {
  readonly payee: string;
  readonly from: PayingAccount;
  readonly stage: PaymentStage;
}

const withPaymentOptions = (command: Command): Command =>
  command
    .requiredOption('--payee <name>', '收款人')
    .addOption(
      new Option('--from <account>', '从哪里付').choices(['treasury', 'unit']).default('treasury'),
    )
    .addOption(
      new Option('--stage <stage>', '款项阶段').choices(PAYMENT_STAGES).default('progress'),
    );

/** 申请, 复核, 支付, 冲销. */
export const registerPaymentCommands = (program: Command): void => {
  writes<PaymentOptions & { purpose: string }>(
    withPaymentOptions(program.command('request <allocation> <amount>'))
      .description('申请支付 request a disbursement')
      .requiredOption('--purpose <text>', '用途'),
    ({ db, idFor }, { payee, from, stage, purpose }, allocation = '', amount = '') => [
      {
        type: 'RequestDisbursement',
        data: {
          allocationId: findAllocation(db, allocation).allocationId,
          requestId: idFor('request'),
          payeeId: findPayee(db, payee),
          amountFen: readAmount(amount),
          from,
          stage,
          purpose,
        },
      },
    ],
  );

  writes(
    program.command('approve <request>').description('复核通过 approve a request'),
    ({ db }, _options, request = '') => {
      const { allocationId, requestId } = findRequest(db, request);
      return [{ type: 'ApproveDisbursement', data: { allocationId, requestId } }];
    },
  );

  writes<WriteOptions & { reason: string }>(
    program
      .command('reject <request>')
      .description('复核退回 reject a request')
      .requiredOption('--reason <text>', '原因'),
    ({ db }, { reason }, request = '') => {
      const { allocationId, requestId } = findRequest(db, request);
      return [{ type: 'RejectDisbursement', data: { allocationId, requestId, reason } }];
    },
  );

  writes<WriteOptions & { voucher: string }>(
    program
      .command('pay <request>')
      .description('支付已复核的申请 pay an approved request')
      .requiredOption('--voucher <number>', '凭证号'),
    ({ db, idFor }, { voucher }, request = '') => {
      const { allocationId, requestId } = findRequest(db, request);
      const paymentId = idFor('payment');
      return [
        {
          type: 'DisburseFunds',
          data: { ground: 'request', allocationId, requestId, paymentId, voucher },
        },
      ];
    },
  );

  writes<PaymentOptions & { voucher: string }>(
    withPaymentOptions(program.command('pay-statement <allocation> <amount>'))
      .description('按国库或银行对账单记支付 take a payment over from a statement')
      .requiredOption('--voucher <number>', '凭证号'),
    ({ db, idFor }, { payee, from, stage, voucher }, allocation = '', amount = '') => [
      {
        type: 'DisburseFunds',
        data: {
          ground: 'statement',
          allocationId: findAllocation(db, allocation).allocationId,
          paymentId: idFor('payment'),
          payeeId: findPayee(db, payee),
          amountFen: readAmount(amount),
          from,
          stage,
          voucher,
        },
      },
    ],
  );

  writes<WriteOptions & { reason: string }>(
    program
      .command('reverse <payment> [amount]')
      .description('冲销一笔支付 reverse a payment')
      .requiredOption('--reason <text>', '原因'),
    ({ db, idFor }, { reason }, payment = '', amount) => {
      const paid = findPayment(db, payment);
      const { allocationId, paymentId } = paid;
      const amountFen = amount === undefined ? BigInt(paid.amountFen) : readAmount(amount);
      const reversalId = idFor('reversal');
      return [
        {
          type: 'ReverseDisbursement',
          data: { allocationId, paymentId, reversalId, amountFen, reason },
        },
      ];
    },
  );
};

const findRequest = (db: ReadDatabase, name: string) =>
  onlyOne(
    requests(db),
    (request) => request.requestId.startsWith(name),
    name,
    '支付申请',
    'request',
  );

const findPayment = (db: ReadDatabase, name: string) =>
  onlyOne(
    payments(db),
    (payment) => payment.paymentId.startsWith(name) || payment.voucher === name,
    name,
    '支付(编号或凭证号)',
    'payment (id or voucher)',
  );

const onlyOne = <Row>(
  rows: readonly Row[],
  isMeant: (row: Row) => boolean,
  name: string,
  zh: string,
  en: string,
): Row => {
  const found = rows.filter(isMeant);
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  throw only === undefined
    ? badInput(`没有${zh}“${name}”。`, `There is no ${en} “${name}”.`)
    : badInput(`${zh}“${name}”不止一个。`, `The ${en} “${name}” is ambiguous.`);
};
