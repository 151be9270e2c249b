export type StoreFault =
  | 'directory-unusable' // it cannot be made or written to
  | 'foreign-file' // not a file of this ledger
  | 'newer-file' // written by a later release
  | 'newer-release' // a later release wrote an event that this one does not know
  | 'older-file' // written by an earlier one, to be moved first
  | 'damaged-file'
  | 'facets-differ' // written with other hot columns than asked for
  | 'in-use' // another process writes
  | 'copy-differs' // the copy of a log holds something else than the log
  | 'address-unusable' // of a cluster
  | 'unreachable' // no node answers
  | 'request-refused' // it answers, and cannot do what was asked
  | 'access-denied'
  | 'server-too-old'
  | 'signing-refused'; // a log that was signed as another

/** A store that cannot be opened, in words for the person at the machine. */
export class StoreUnusable extends Error {
  readonly fault: StoreFault;
  readonly zh: string;

  constructor(fault: StoreFault, en: string, zh: string, cause?: unknown) {
    super(en, { cause });
    this.name = 'StoreUnusable';
    this.fault = fault;
    this.zh = zh;
  }
}
