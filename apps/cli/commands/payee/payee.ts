import type { Command } from 'commander';
import type { Session } from '../../session/session.ts';
import { registerPayeeAdd } from './add.ts';
import { registerPayeeList } from './list.ts';
import { registerPayeeMerge } from './merge.ts';
import { registerPayeeRevokeMerger } from './revoke-merger.ts';
import { registerPayeeRename } from './rename.ts';

export const registerPayee = (program: Command, session: Session): void => {
  const payee = program.command('payee').description('收款人 payees');
  registerPayeeAdd(payee, session);
  registerPayeeRename(payee, session);
  registerPayeeMerge(payee, session);
  registerPayeeRevokeMerger(payee, session);
  registerPayeeList(payee, session);
};
