import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { asciiJson } from '#event-store/canonical-json';
import type { EventText } from '#event-store/event-text';
import { judgeAppend } from '#event-store/judge-append';
import type { AppendOutcome, ExpectedRevision } from '#event-store/port';
import { openTreeWriter, type TreeWriter } from './tree-writer.ts';

/** One append as it travels to the writer. */
export interface AppendRequest {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: readonly StorableEvent[];
}

export interface StorableEvent extends EventText {
  readonly hotColumns: readonly (number | null)[];
  /** The leaf of the Merkle tree, for the revision it is proposed at. */
  readonly leaf: string;
}

/**
 * The writer of a log: decides the appends of a group one after the other, later ones seeing
 * earlier ones, and makes all of them durable with one commit. The positions it gives out are
 * dense and in commit order, because there is no other writer. `openTree` is replaced where the cost
 * of the tree is measured, and nowhere else.
 */
export class GroupAppender {
  readonly #db: DatabaseSync;
  readonly #openTree: (db: DatabaseSync) => TreeWriter;
  readonly #statements: Statements;
  #heads = new Map<string, Head>();
  #types = new Map<string, number>();
  #newest: number;
  #tree: TreeWriter;

  constructor(
    db: DatabaseSync,
    hotColumnNames: readonly string[],
    openTree: (db: DatabaseSync) => TreeWriter = openTreeWriter,
  ) {
    this.#db = db;
    this.#openTree = openTree;
    this.#statements = prepare(db, hotColumnNames);
    this.#newest = newestPosition(db);
    this.#tree = openTree(db);
  }

  /** Answers for each request in order. `wholly`: every request is new and is appended, or none is. */
  append(requests: readonly AppendRequest[], wholly = false): readonly AppendOutcome[] {
    let committing = false;
    try {
      this.#db.exec('BEGIN IMMEDIATE');
      const outcomes = requests.map((request) => this.#decide(request));
      const failure = wholly ? outcomes.find(({ kind }) => kind !== 'appended') : undefined;
      if (failure !== undefined) {
        this.#undo();
        return requests.map(() => failure);
      }
      committing = true;
      this.#db.exec('COMMIT');
      return outcomes;
    } catch (error) {
      this.#undo();
      const reason = error instanceof Error ? error.message : String(error);
      const outcome = committing ? 'unknown' : 'not-applied';
      return requests.map(() => ({ kind: 'unavailable', outcome, reason }));
    }
  }

  #undo(): void {
    if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
    this.#heads = new Map();
    this.#types = new Map();
    this.#newest = newestPosition(this.#db);
    this.#tree = this.#openTree(this.#db);
  }

  #decide({ stream, expected, events }: AppendRequest): AppendOutcome {
    const head = this.#headOf(stream);
    const actual = head.revision < 0 ? 'no_stream' : BigInt(head.revision);
    const ids = events.map((event) => event.id);
    const recordedIdAt = (revision: bigint) => this.#statements.idAt(head.number, revision);
    switch (judgeAppend(expected, actual, ids, recordedIdAt)) {
      case 'conflict':
        return { kind: 'wrong-expected-revision', expected, actual };
      case 'repeat': {
        const first = expected === 'no_stream' ? 0n : expected + 1n;
        const revision = first + BigInt(events.length - 1);
        const position = this.#statements.positionAt(head.number, revision);
        return { kind: 'appended', revision, position };
      }
      case 'append':
        return this.#insert(stream, head, events);
    }
  }

  #insert(stream: string, head: Head, events: AppendRequest['events']): AppendOutcome {
    if (head.number === undefined) head.number = this.#statements.addStream(stream);
    for (const event of events) {
      this.#newest += 1;
      head.revision += 1;
      const type = this.#typeNumber(event.type);
      this.#statements.addEvent(this.#newest, head.number, head.revision, type, event);
      this.#tree.append(event.leaf);
    }
    return {
      kind: 'appended',
      revision: BigInt(head.revision),
      position: BigInt(this.#newest),
    };
  }

  #headOf(stream: string): Head {
    const known = this.#heads.get(stream);
    if (known !== undefined) return known;
    const head = this.#statements.headOf(stream) ?? { number: undefined, revision: -1 };
    this.#heads.set(stream, head);
    if (this.#heads.size > MAX_CACHED_HEADS) this.#heads = new Map([[stream, head]]);
    return head;
  }

  #typeNumber(name: string): number {
    const known = this.#types.get(name) ?? this.#statements.typeNumber(name);
    this.#types.set(name, known);
    return known;
  }
}

type Statements = ReturnType<typeof prepare>;

/** The end of a stream; no number and revision −1 while it has no event. */
interface Head {
  number: number | undefined;
  revision: number;
}

const MAX_CACHED_HEADS = 200_000;

const prepare = (db: DatabaseSync, hotColumnNames: readonly string[]) => {
  const columns = [
    'position',
    'stream',
    'revision',
    'type',
    ...hotColumnNames,
    'id',
    'meta',
    'data',
  ];
  const insertEvent = db.prepare(
    `INSERT INTO event (${columns.join(', ')}, leaf) VALUES (${columns.map(() => '?').join(', ')}, unhex(?))`,
  );
  const selectHead = db.prepare(
    `SELECT number, (SELECT max(revision) FROM event WHERE stream = number) AS revision
     FROM stream WHERE name = ?`,
  );
  const selectAt = db.prepare('SELECT id, position FROM event WHERE stream = ? AND revision = ?');
  const insertStream = db.prepare('INSERT INTO stream (name) VALUES (?)');
  const insertType = db.prepare('INSERT INTO type (name) VALUES (?)');
  const selectType = db.prepare('SELECT number FROM type WHERE name = ?');
  return {
    addEvent: (
      position: number,
      stream: number,
      revision: number,
      type: number,
      { id, meta, data, hotColumns, leaf }: StorableEvent,
    ) => {
      const texts = [id, asciiJson(meta), asciiJson(data), leaf];
      insertEvent.run(position, stream, revision, type, ...hotColumns, ...texts);
    },
    headOf: (stream: string): Head | undefined => {
      const row = selectHead.get(stream);
      return row && { number: Number(row['number']), revision: Number(row['revision'] ?? -1) };
    },
    idAt: (stream: number | undefined, revision: bigint) =>
      stream === undefined ? undefined : textOf(selectAt, 'id', stream, revision),
    positionAt: (stream: number | undefined, revision: bigint): bigint =>
      BigInt(Number(selectAt.get(stream ?? -1, revision)?.['position'])),
    addStream: (name: string): number => Number(insertStream.run(name).lastInsertRowid),
    typeNumber: (name: string): number =>
      Number(selectType.get(name)?.['number'] ?? insertType.run(name).lastInsertRowid),
  };
};

const textOf = (statement: StatementSync, column: string, stream: number, revision: bigint) => {
  const value = statement.get(stream, revision)?.[column];
  return typeof value === 'string' ? value : undefined;
};

const newestPosition = (db: DatabaseSync): number =>
  Number(db.prepare('SELECT max(position) AS newest FROM event').get()?.['newest'] ?? 0);
