import { COMMAND_TABLE } from '#ledger/command-table';
import type { CommandContext } from '#ledger/context';
import type { FundCommand } from '#ledger/fund/fund-commands';
import type { FundState } from '#ledger/fund/fund-state';
import { callsForMoney } from '#ledger/fund/withdrawn-notice';
import type { LedgerCommand } from '#ledger/ledger-events';
import type { NoticeState } from '#ledger/notice/notice-state';
import type { Streams } from './stream-rules.ts';

/** The notice that a command depends on, as it is by now: of a new row, or of one that is to get money. */
export const noticeOf = async (
  { fund, notice }: Streams,
  command: LedgerCommand,
): Promise<Pick<CommandContext, 'notice'>> => {
  const noticeId =
    command.type === 'AllocateFunds' ? command.data.noticeId : await noticeOfRow(fund, command);
  if (noticeId === undefined) return {};
  const { state } = await notice.openNewest(`notice-${noticeId}`);
  // States of notices are those of their decider.
  return { notice: state as NoticeState };
};

const noticeOfRow = async (
  fund: Streams['fund'],
  command: LedgerCommand,
): Promise<string | undefined> => {
  if (COMMAND_TABLE[command.type].stream !== 'fund') return undefined;
  const ofFund = command as FundCommand;
  if (!callsForMoney(ofFund)) return undefined;
  const stream = `fund-${ofFund.data.allocationId}`;
  const hot = await fund.open(stream);
  // That a stream does not exist is never remembered.
  if (hot.revision === 'no_stream') fund.forget(stream, hot);
  // States of allocations are those of their decider.
  return (hot.state as FundState).noticeId;
};
