import { COMMAND_TABLE } from '#ledger/command-table';
import type { CommandType } from '#ledger/commands';
import type { Role } from '#ledger/context';

/** Whether a role may ask for a command. */
export const mayIssue = (role: Role, command: CommandType): boolean =>
  issuersOf(command).includes(role);

/** The roles that may issue a command, for the sentence that refuses the others. */
export const issuersOf = (command: CommandType): readonly Role[] => COMMAND_TABLE[command].issuers;
