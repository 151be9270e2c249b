import { openMemoryStore } from '#event-store/memory-store';
import { describeEventStoreContract } from './event-store-contract.ts';

describeEventStoreContract('the memory store', () => {
  const store = openMemoryStore();
  return { store, dispose: () => store.close() };
});
