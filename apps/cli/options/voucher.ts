import type { Command } from 'commander';
import type { WriteOptions } from '../write.ts';

export interface VoucherOptions extends WriteOptions {
  readonly voucher?: string;
  readonly voucherReason?: string;
}

/** The options of a command that a slip of the treasury or a bank belongs to. */
export const withVoucherOptions = (command: Command, isRequired = false): Command =>
  (isRequired
    ? command.requiredOption('--voucher <number>', '凭证号')
    : command.option('--voucher <number>', '凭证号')
  ).option('--voucher-reason <text>', '同一凭证再次记账的原因 why a voucher is recorded once more');
