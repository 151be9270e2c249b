import { Option, type Command } from 'commander';
import { PAYMENT_STAGES, type SpendingAccount, type PaymentStage } from '#ledger/fund/fund-events';
import { requests } from '#projections/allocation-register/query';
import type { ReadDatabase } from '#projections/engine/read-database';
import type { RequestRow } from '#projections/allocation-register/tables';
import { wan } from '#presentation/figures';
import { badInput } from '../session/exit-codes.ts';
import { isIdOrBeginning } from './payees.ts';
import type { WriteOptions } from '../write.ts';

export interface PaymentOptions<From> extends WriteOptions {
  readonly payee: string;
  readonly from: From;
  readonly stage: PaymentStage;
}

/** Who is paid, from which of the accounts (the first unless said otherwise), and for what stage. */
export const withPaymentOptions = (
  command: Command,
  accounts: readonly SpendingAccount[],
): Command =>
  command
    .requiredOption('--payee <name>', '收款人')
    .addOption(new Option('--from <account>', '从哪里付').choices(accounts).default(accounts[0]))
    .addOption(
      new Option('--stage <stage>', '款项阶段').choices(PAYMENT_STAGES).default('progress'),
    );

/** The request a person means, by its id or at least the first four characters of it. */
export const findRequest = (db: ReadDatabase, name: string): RequestRow => {
  const found = requests(db).filter(({ requestId }) => isIdOrBeginning(requestId, name));
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  const listed = (lang: 'zh' | 'en') =>
    found.map(({ requestId, amountFen, requestedOn }) =>
      lang === 'zh'
        ? `${requestId}(${requestedOn},${wan(amountFen)} 万元)`
        : `${requestId} (${requestedOn}, ${wan(amountFen)}万元)`,
    );
  throw only === undefined
    ? badInput(
        `没有支付申请“${name}”;编号至少写四位,用 mz requests 查看。`,
        `There is no request “${name}”; write at least four characters of its id, see mz requests.`,
      )
    : badInput(
        `支付申请“${name}”不止一个:${listed('zh').join('、')}。`,
        `The request “${name}” is ambiguous: ${listed('en').join(', ')}.`,
      );
};
