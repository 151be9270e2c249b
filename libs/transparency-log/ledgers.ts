import type { Inspection } from '#event-store/inspection';
import type { EventStore } from '#event-store/port';
import type { HashReader } from '#integrity/subtrees';

/** Where the signer's memory is, when not below the data directory. */
export interface SignerFiles {
  readonly signerMemory?: string | undefined;
}

/** A ledger whose tree is signed and proved. */
export interface SignableLedger {
  /** Holds the keys, the signer's memory and the checkpoints, below `integrity/`. */
  readonly directory: string;
  readonly keyFiles: SignerFiles;
  readonly log: EventStore;
  /** The Merkle tree over `log`: leaf n is the event at position n + 1. */
  readonly tree: HashReader;
  /** Whether the directory holds a copy of the log of a cluster; a node signs only with the key in hand. */
  readonly isCopy: boolean;
}

/** A ledger whose file is verified byte by byte. */
export interface VerifiableLedger {
  readonly directory: string;
  readonly keyFiles: SignerFiles;
  /** Opens the file for one verification. Throws `StoreUnusable` when that is impossible. */
  readonly inspect: () => Inspection;
}
