import { Option, type Command } from 'commander';
import { PAYMENT_STAGES, type SpendingAccount, type PaymentStage } from '#ledger/fund/fund-events';
import { requests } from '#projections/allocation-register/query';
import type { ReadDatabase } from '#projections/engine/read-database';
import { badInput } from '../session/exit-codes.ts';
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

/** The request a person means, by its id or the beginning of one. */
export const findRequest = (db: ReadDatabase, name: string) =>
  onlyOne(
    requests(db),
    (request) => request.requestId.startsWith(name),
    name,
    '支付申请',
    'request',
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
