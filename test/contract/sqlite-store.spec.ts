import { openSqliteStore } from '#event-store-sqlite/open';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { describeEventStoreContract } from './event-store-contract.ts';

describeEventStoreContract('the SQLite store', () => {
  const { directory, remove } = temporaryDirectory();
  const store = openSqliteStore({ directory });
  const dispose = async () => {
    await store.close();
    remove();
  };
  return { store, dispose };
});
