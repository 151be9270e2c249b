import { createHash, createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto';

/** What happened, before it has a place in the ledger. */
export interface Deed {
  readonly stream: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface Signer {
  readonly name: string;
  readonly vkey: string;
  sign(body: string): string;
}

export interface Bundle {
  readonly text: string;
  readonly notes: readonly string[];
  readonly leaves: Buffer;
}

export interface Wishes {
  readonly sizes?: readonly number[];
  readonly signers?: readonly Signer[];
  readonly witnesses?: readonly Signer[];
  readonly format?: 1 | 2;
}

export const ORIGIN = 'county.example/ledger';

const sha256 = (...parts: readonly (Buffer | string)[]) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** RFC 8785, as much of it as integers, texts, lists and objects need. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, it]) => `${JSON.stringify(name)}:${canonical(it)}`).join(',')}}`;
}

export const leafOf = (line: string): Buffer => sha256(Buffer.from([0]), line);

/** RFC 6962 §2.1, as it is written there. */
export function head(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 0) return sha256('');
  if (leaves.length === 1) return leaves[0] as Buffer;
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return sha256(Buffer.from([1]), head(leaves.slice(0, k)), head(leaves.slice(k)));
}

/** The same seed gives the same key. */
function keyOf(seed: string): { readonly secret: KeyObject; readonly raw: Buffer } {
  const prefix = Buffer.from('302e020100300506032b657004220420', 'hex');
  const der = Buffer.concat([prefix, sha256(seed)]);
  const secret = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const raw = createPublicKey(secret).export({ format: 'der', type: 'spki' }).subarray(-32);
  return { secret, raw };
}

const lineOf = (name: string, id: Buffer, ...signature: readonly Buffer[]) =>
  `— ${name} ${Buffer.concat([id, ...signature]).toString('base64')}\n`;

function named(name: string, type: number, raw: Buffer) {
  const bytes = Buffer.concat([Buffer.from([type]), raw]);
  const id = sha256(`${name}\n`, bytes).subarray(0, 4);
  return { id, vkey: `${name}+${id.toString('hex')}+${bytes.toString('base64')}` };
}

export function logSigner(seed = 'county', name = ORIGIN): Signer {
  const { secret, raw } = keyOf(seed);
  const { id, vkey } = named(name, 1, raw);
  return { name, vkey, sign: (body) => lineOf(name, id, sign(null, Buffer.from(body), secret)) };
}

export function witness(name: string, seconds = 1_735_689_600n): Signer {
  const { secret, raw } = keyOf(name);
  const { id, vkey } = named(name, 4, raw);
  const time = Buffer.alloc(8);
  time.writeBigUInt64BE(seconds);
  const cosigned = (body: string) => Buffer.from(`cosignature/v1\ntime ${seconds}\n${body}`);
  return { name, vkey, sign: (body) => lineOf(name, id, time, sign(null, cosigned(body), secret)) };
}

export const body = (size: number, root: Buffer, origin = ORIGIN) =>
  `${origin}\n${size}\n${root.toString('base64')}\n`;

export const note = (text: string, signers: readonly Signer[]) =>
  `${text}\n${signers.map((signer) => signer.sign(text)).join('')}`;

export const uuid = (seed: string) =>
  sha256(seed)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');

/** The deeds as event lines: each gets its revision, its id and an hour of its own. */
export function eventsOf(deeds: readonly Deed[]): readonly Record<string, unknown>[] {
  const next = new Map<string, number>();
  return deeds.map(({ stream, type, data }, index) => {
    const revision = next.get(stream) ?? 0;
    next.set(stream, revision + 1);
    const id = uuid(`${stream} ${revision}`);
    const recordedAt = new Date(Date.UTC(2024, 3, 26, 8 + index)).toISOString();
    const meta = {
      ...{ actorId: 'li', actorOrganisation: '区财政局(示例)', actorRole: 'finance' },
      ...{ commandId: id, contentHash: sha256(canonical(data)).toString('hex') },
      ...{ correlationId: uuid('one'), occurredOn: recordedAt.slice(0, 10) },
      ...{ recordedAt, schemaVersion: '1' },
    };
    return { data, id, meta, revision, stream, type };
  });
}

/** A bundle of these event lines, all under a checkpoint unless other sizes are wished for. */
export function bundleOf(lines: readonly string[], wishes: Wishes = {}): Bundle {
  const leaves = lines.map(leafOf);
  const notes = (wishes.sizes ?? [lines.length]).map((size, index, sizes) => {
    const isLast = index === sizes.length - 1;
    const signers = [
      ...(wishes.signers ?? [logSigner()]),
      ...(isLast ? (wishes.witnesses ?? []) : []),
    ];
    return note(body(size, head(leaves.slice(0, size))), signers);
  });
  const events = lines.map((line) => JSON.parse(line) as ReturnType<typeof eventsOf>[number]);
  const text = [
    canonical({ ...firstLine(events), format: wishes.format ?? 2 }),
    ...lines,
    ...notes.map((it) => canonical({ kind: 'checkpoint', note: it })),
    ...balancesOf(events, head(leaves)).map((line) => canonical(ofFormat(line, wishes.format))),
    '',
  ].join('\n');
  return { text, notes, leaves: Buffer.concat(leaves) };
}

export const linesOf = (deeds: readonly Deed[]) => eventsOf(deeds).map(canonical);

function firstLine(events: readonly Record<string, unknown>[]) {
  const at = (event?: Record<string, unknown>) =>
    (event?.['meta'] as { recordedAt: string } | undefined)?.recordedAt ?? '';
  const span = { from: at(events[0]), to: at(events.at(-1)), events: events.length };
  return { ...span, kind: 'bundle', origin: ORIGIN, place: countyOf(events) };
}

/** The names of all counties; none is ever renamed here. */
const countyOf = (events: readonly Record<string, unknown>[]) =>
  events
    .filter(({ type }) => type === 'PlaceRegistered')
    .map(({ data }) => data as { readonly level: string; readonly name: string })
    .filter(({ level }) => level === 'county')
    .map(({ name }) => name)
    .sort()
    .join('、');

export type Account = 'source' | 'quota' | 'treasury' | 'unit' | 'paid' | 'returned' | 'advance';

/** Format 1 has no advances. */
const ofFormat = (line: Record<string, unknown>, format: 1 | 2 = 2) => {
  const { advanceFen: _advance, ...first } = line;
  return format === 1 ? first : line;
};

function balancesOf(events: readonly Record<string, unknown>[], root: Buffer) {
  const all = new Map<string, { placeId: unknown; accounts: Record<Account, number> }>();
  for (const event of events) {
    const data = event['data'] as Record<string, unknown>;
    const id = String(data['allocationId']);
    if (event['type'] === 'FundsAllocated') {
      const accounts = {
        ...{ source: 0, quota: 0, treasury: 0, unit: 0 },
        ...{ paid: 0, returned: 0, advance: 0 },
      };
      all.set(id, { placeId: data['placeId'], accounts });
    }
    const [from, to] = moved(String(event['type']), data);
    const accounts = all.get(id)?.accounts;
    if (from === undefined || to === undefined || accounts === undefined) continue;
    accounts[from] -= Number(data['amountFen']);
    accounts[to] += Number(data['amountFen']);
  }
  const rows = [...all].sort(([a], [b]) => (a < b ? -1 : 1));
  const lines = rows.map(([allocationId, { placeId, accounts }]) => ({
    ...{ kind: 'balance', allocationId, placeId },
    ...figures((account) => accounts[account]),
  }));
  const sum = (account: Account) => rows.reduce((n, [, { accounts }]) => n + accounts[account], 0);
  const totals = { ...figures(sum), allocatedFen: 0 - sum('source') };
  return [...lines, { kind: 'totals', root: root.toString('base64'), ...totals }];
}

const figures = (of: (account: Account) => number) => ({
  ...{ quotaFen: of('quota'), treasuryFen: of('treasury'), unitFen: of('unit') },
  ...{ paidFen: of('paid'), returnedFen: of('returned'), advanceFen: of('advance') },
});

export function moved(
  type: string,
  data: Record<string, unknown>,
): readonly (Account | undefined)[] {
  const increases = data['direction'] === 'increase';
  const adjusted = (data['account'] ?? 'quota') as Account;
  const moves: Record<string, readonly Account[]> = {
    FundsAllocated: ['source', 'quota'],
    AllocationAdjusted: increases ? ['source', adjusted] : [adjusted, 'source'],
    FundsArrived: ['quota', 'treasury'],
    FundsReleased: ['treasury', 'unit'],
    FundsDisbursed: [data['from'] as Account, 'paid'],
    AdvanceRepaid: ['treasury', 'advance'],
    DisbursementReversed: ['paid', data['to'] as Account],
    FundsReturned: [data['from'] as Account, 'returned'],
    AllocationRecalled: ['quota', 'source'],
    FundsRecalled: [data['from'] as Account, 'source'],
    ArrivalReversed: ['treasury', 'quota'],
    AdvanceRepaymentReversed: ['advance', 'treasury'],
    ReleaseReversed: ['unit', 'treasury'],
    ReturnReversed: ['returned', data['to'] as Account],
    RecallReversed: ['source', data['to'] as Account],
    AllocationVoided: ['quota', 'source'],
  };
  return Object.hasOwn(moves, type) ? (moves[type] ?? []) : [];
}
