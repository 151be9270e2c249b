#!/usr/bin/env node
/**
 * 明账独立核验 · the outside verifier of Mingzhang.
 *
 *   node verify.mjs bundle.ndjson --key ledger.vkey [--since old.checkpoint]
 *
 * One file, no dependencies, no network. It shares no code with the ledger that it judges; what it
 * relies on is bundle-format.md, RFC 6962 (the tree), RFC 8785 (the lines), RFC 8032 (the
 * signatures), and signed-note, tlog-checkpoint, tlog-cosignature and tlog-policy of C2SP.
 *
 * To be read from the top: the verdict, the lines of a bundle, the books, the tree, the signatures,
 * the policy, the bytes, what is said, and the command. All before the command also runs in a
 * browser; verify.html holds the same text.
 */
import * as nodeCrypto from 'node:crypto';
import * as fs from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';

// ---- the core begins ----

// == The verdict ==================================================================================

/** Every fault belongs to a check, and every check to an exit code. */
const CODES = {
  file: 2, // missing, cut short, of another format, or asked for in a way that makes no sense
  lines: 14, // a line that is not canonical, or not as the format has it
  tree: 11, // a root that the events do not give
  history: 12, // rolled back, or forked
  signatures: 10,
  witnesses: 10,
  books: 15, // events that contradict each other
  balances: 15, // figures that the events do not give
  covered: 13, // events after the last checkpoint, which no signature guards
};
const NOTHING_SIGNED = 16; // no checkpoint covers any event
const GRAVEST_FIRST = [2, 14, 11, 12, 10, 15, NOTHING_SIGNED, 13];
const MOST_TOLD = 20; // faults of one check, and events of one range

/**
 * Verifies a bundle and answers a report; whatever is in the bundle, it does not throw.
 *
 * `asked`: open() for the bundle's chunks (called again when events are to be named), keys [text],
 * and where there are any since [text], policy text, event id; leaves() for the bytes of a leaf file;
 * allowTail where unsigned events after the last checkpoint are taken without a fault.
 * `tools`: sha256(bytes) and ed25519(key, message, signature), which may answer a promise.
 */
async function verify(asked, tools) {
  const run = newRun(asked, tools);
  try {
    const trust = readTrust(asked, tools.sha256);
    run.keys = trust.given.map(({ name, id }) => `${name}+${id}`);
    await eachLine(asked.open(), (line) => takeLine(run, line));
    checkEnd(run);
    await checkSignatures(run, trust);
    checkRoots(run, await openOlds(run, trust));
    checkWitnesses(run, trust.policy);
    await checkTail(run);
    await nameEvents(run);
  } catch (error) {
    fault(run, 'file', error.what ?? 'failed', error.values ?? { error: String(error) });
  }
  return report(run);
}

function newRun({ open, since = [], policy, leaves, event, allowTail }, { sha256, ed25519 }) {
  return {
    ...{ open, sha256, ed25519, wanted: { since, policy, leaves, event, allowTail } },
    ...{
      section: 0,
      header: undefined,
      amounts: AMOUNTS,
      isEnded: false,
      checkpoints: [],
      leaves: newLeaves(),
    },
    ...{ streams: new Map(), ids: [], first: '', last: '', latest: '' },
    ...{
      places: new Map(),
      counties: new Set(),
      allocations: new Map(),
      payments: new Set(),
      entries: new Map(),
      adjustments: new Map(),
    },
    ...{ isBroken: false, faults: [], counts: {}, warnings: [], toName: new Map() },
    ...{ head: undefined, newest: undefined, witnessed: undefined, continued: [] },
    ...{ roots: [], strangers: new Set(), keys: [], found: undefined },
  };
}

function fault(run, check, what, values = {}, code = CODES[check]) {
  const told = { code, check, ...say(what, values) };
  run.counts[check] = (run.counts[check] ?? 0) + 1;
  if (run.counts[check] <= MOST_TOLD) run.faults.push(told);
  return told;
}

function warn(run, what, values = {}) {
  const told = say(what, values);
  const before = run.warnings.filter((it) => it.what === what);
  if (before.length < 3 && !before.some(({ en }) => en === told.en)) run.warnings.push(told);
}

/** What ends a verification at once, or a line. */
const unreadable = (what, values) => Object.assign(new Error(what), { what, values });

function report(run) {
  const faults = GRAVEST_FIRST.flatMap((code) => run.faults.filter((it) => it.code === code));
  const isRead = faults[0]?.code !== CODES.file;
  return {
    exit: faults[0]?.code ?? 0,
    verdict: faults.length === 0 ? goodVerdict(run) : badVerdict(faults[0]),
    ...{ origin: run.header?.origin ?? '', place: run.header?.place ?? '' },
    ...{ events: run.leaves.count, from: run.first, to: run.last },
    ...{
      checkpoints: run.checkpoints.length,
      covered: run.head?.size ?? 0,
      root: run.head?.root ?? '',
      roots: run.roots,
    },
    witnesses: run.witnessed ?? null,
    figures: figures(sums(run.signedBooks ?? run)),
    tail: tailOf(run),
    checks: isRead ? checks(run) : [],
    ...{ faults, warnings: run.warnings, notChecked: isRead ? notChecked(run) : [] },
    event: run.found ?? null,
    checkpoint: run.head?.note ?? '',
  };
}

/** The gravest fault in a sentence; where it is a single event, that event, and why if it is no root. */
function badVerdict({ code, what, events = [], ...said }) {
  const [event, ...others] = events;
  if (event === undefined || others.length > 0) return words(`bad-${code}`, { said });
  const isRoot = ['root', 'rewritten'].includes(what);
  return words(`bad-${code}`, { said: isRoot ? event : words('said-of', { said, event }) });
}

/** The report on what never came to be looked at. */
function refuse(what, values) {
  const run = newRun({}, {});
  fault(run, 'file', what, values);
  return report(run);
}

function goodVerdict({ leaves: { count }, newest, first, witnessed }) {
  if (count === 0) return words('no-events');
  const by = witnessed?.of > 0 ? words('good-witnessed', witnessed) : NOTHING;
  const { size } = newest;
  const beyond = count > size ? words('good-beyond', { beyond: count - size }) : NOTHING;
  return words('good', { count: size, day: dayOf(first), by, beyond, s: size === 1 ? '' : 's' });
}

/** The checks by name, each with what it looked at; `ok` is null where it could not look. */
function checks(run) {
  const { counts, wanted, witnessed, allocations, isBroken } = run;
  const signed = run.checkpoints.filter(({ ok }) => ok).length;
  const sizes =
    run.continued.length > 0 ? words('sizes', { size: largest(run.continued) }) : NOTHING;
  const outOf = witnessed ? words('out-of', witnessed) : NOTHING;
  const line = (check, hasLooked, values) => ({
    check,
    ok: counts[check] > 0 ? false : hasLooked ? true : null,
    faults: counts[check] ?? 0,
    ...words(`check-${check}`, values),
  });
  return [
    line('lines', true, { count: run.leaves.count }),
    line('signatures', true, { count: run.checkpoints.length }),
    line('covered', true, { size: run.newest?.size ?? 0 }),
    line('tree', signed > 0, { count: signed }),
    line('history', wanted.since.length > 0, { sizes }),
    line('witnesses', wanted.policy !== undefined, { outOf }),
    line('books', !isBroken, {}),
    line('balances', !isBroken, { count: allocations.size }),
  ];
}

/** What the events after the last checkpoint say moved, for which no signature speaks; null without any. */
function tailOf(run) {
  if (run.signedBooks === undefined) return null;
  const [all, signed] = [sums(run), sums(run.signedBooks)];
  const moved = Object.fromEntries(
    Object.keys(all).map((name) => [name, all[name] - signed[name]]),
  );
  return { events: run.leaves.count - run.newest.size, ...figures(moved) };
}

function figures({ allocatedFen, quotaFen, paidFen }) {
  const told = { allocatedFen, arrivedFen: allocatedFen - quotaFen, paidFen };
  return { ...told, ...words('figures', told) };
}

/** What is signed; and apart, what is not. */
const figuresTold = ({ figures: { zh, en }, tail }) =>
  tail === null
    ? [{ zh, en }]
    : [{ zh, en }, words('figures-tail', { ...tail, moved: { zh: tail.zh, en: tail.en } })];

function notChecked({ wanted, leaves, newest, isBroken, strangers, keys }) {
  const beyond = wanted.allowTail ? leaves.count - (newest?.size ?? 0) : 0;
  return [
    ...(wanted.since.length > 0 ? [] : [words('not-since')]),
    ...(wanted.policy === undefined ? [words('not-witnesses')] : []),
    ...(beyond > 0 ? [words('not-covered', { beyond })] : []),
    ...(isBroken ? [words('not-followed')] : []),
    ...(strangers.size > 0 ? [words('not-strangers', { names: [...strangers].join(', ') })] : []),
    words('not-key', { keys: keys.join(', ') }),
    words('not-tables'),
    words('not-procedure'),
    words('not-left-out'),
    words('not-true'),
  ];
}

// == The lines of a bundle (bundle-format.md) =====================================================

const SECTIONS = ['bundle', 'event', 'checkpoint', 'balance', 'totals'];
const AMOUNTS = ['paidFen', 'quotaFen', 'returnedFen', 'treasuryFen', 'unitFen'];
/** The accounts that balances list, by format: a later format has more, and means the same by the others. */
const AMOUNTS_OF_FORMAT = new Map([
  [1, AMOUNTS],
  [2, ['advanceFen', ...AMOUNTS]],
]);
const NEWEST_FORMAT = 2;
const FIELDS = {
  bundle: ['events', 'format', 'from', 'kind', 'origin', 'place', 'to'],
  event: ['data', 'id', 'meta', 'revision', 'stream', 'type'],
  checkpoint: ['kind', 'note'],
  balance: ['allocationId', 'kind', 'placeId'], // and the amounts of the format
  totals: ['allocatedFen', 'kind', 'root'],
  meta: [
    ...['actorId', 'actorOrganisation', 'actorRole', 'commandId', 'contentHash', 'correlationId'],
    ...['occurredOn', 'recordedAt', 'schemaVersion'],
  ],
};
const COUNTS = ['events', 'format', 'revision'];
const PATTERNS = {
  id: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
  occurredOn: /^\d{4}-\d\d-\d\d$/,
  root: /^[A-Za-z0-9+/]{43}=$/,
  recordedAt: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/,
};

/** One line: `leaf` is 0x00 and the line's bytes, `text` null where those are not UTF-8. */
function takeLine(run, { leaf, text, number }) {
  const { value, trouble } = readLine(text);
  if (number === 1) return takeHeader(run, value);
  const isOwed = run.section <= 1 && run.leaves.count < run.header.events;
  const isEvent = value === undefined ? isOwed : !Object.hasOwn(value, 'kind');
  const isLeaf = isEvent && run.section <= 1;
  if (isLeaf) run.leaves.push(run.sha256(leaf));
  const kind = isEvent ? 'event' : value?.kind;
  const wrong = trouble ?? misplaced(run, kind) ?? misshapen(value, kind, run.amounts);
  if (wrong === undefined) return TAKE[kind](run, value, number);
  if (!isEvent) return fault(run, 'lines', 'line', { line: number, wrong });
  run.isBroken = true;
  const events = isLeaf ? [nameLater(run, run.leaves.count - 1)] : [];
  return fault(run, 'lines', 'line', { line: number, wrong, events });
}

function takeHeader(run, header) {
  if (header?.kind === 'bundle' && header.format > NEWEST_FORMAT)
    throw unreadable('newer-format', { format: header.format, newest: NEWEST_FORMAT });
  if (header?.kind !== 'bundle' || misshapen(header, 'bundle', []))
    throw unreadable('not-a-bundle');
  if (!AMOUNTS_OF_FORMAT.has(header.format)) throw unreadable('not-a-bundle');
  run.header = header;
  run.amounts = AMOUNTS_OF_FORMAT.get(header.format);
}

const TAKE = {
  event: (run, event, line) => takeEvent(run, event, line),
  checkpoint: (run, { note }, line) =>
    run.checkpoints.push({ note, line, at: words('at-line', { line }) }),
  balance: (run, balance) => takeBalance(run, balance),
  totals: (run, totals) => takeTotals(run, totals),
};

/** Answers the value of a canonical line, or the trouble with it. */
function readLine(text) {
  if (text === null) return { trouble: words('not-utf8') };
  try {
    const value = JSON.parse(text);
    if (isObject(value) && canonical(value) === text) return { value };
    return { trouble: words('not-canonical') };
  } catch (error) {
    return { trouble: words(error.what ?? 'not-json') };
  }
}

function misplaced(run, kind) {
  const section = SECTIONS.indexOf(kind);
  if (section < 1) return words('unknown-kind');
  if (section < run.section || run.isEnded) return words('misplaced');
  run.section = section;
  run.isEnded = kind === 'totals';
  return undefined;
}

/** The set of fields is closed, and each has the kind of value that its name promises. */
function misshapen(value, kind, amounts) {
  const summed = kind === 'balance' || kind === 'totals' ? amounts : [];
  const field =
    oddField(value, [...FIELDS[kind], ...summed], []) ??
    (kind === 'event' ? oddField(value.meta, FIELDS.meta, ['refusal']) : undefined);
  return field === undefined ? undefined : words('odd-field', { field });
}

function oddField(object, required, optional) {
  const isOdd = (name) => !(required.includes(name) || optional.includes(name));
  const names = Object.keys(object);
  return (
    names.find((name) => isOdd(name) || !isRight(name, object[name])) ??
    required.find((name) => !Object.hasOwn(object, name))
  );
}

function isRight(name, value) {
  if (name === 'data' || name === 'meta') return isObject(value);
  if (name.endsWith('Fen')) return Number.isInteger(value);
  if (COUNTS.includes(name)) return Number.isInteger(value) && value >= 0;
  return typeof value === 'string' && (PATTERNS[name]?.test(value) ?? true);
}

/** After the last line: is it all there, and is it what the first line says it is? */
function checkEnd(run) {
  if (run.header === undefined) throw unreadable('empty');
  if (!run.isEnded) throw unreadable('cut-short');
  const { events, from, to, place } = run.header;
  const told = { field: 'events', stated: events, counted: run.leaves.count };
  if (events !== run.leaves.count) fault(run, 'balances', 'first-line', told);
  const ids = Float64Array.from(run.ids).sort();
  const count = ids.filter((id, index) => id === ids[index - 1]).length;
  if (count > 0) warn(run, 'id-twice', { count });
  if (run.isBroken) return;
  tellOpenAdjustments(run);
  const at = words('first-line-name');
  compareFigure(run, { at, field: 'from', stated: from, counted: run.first });
  compareFigure(run, { at, field: 'to', stated: to, counted: run.last });
  compareFigure(run, { at, field: 'place', stated: place, counted: countyName(run) });
  for (const [allocationId, { isListed }] of run.allocations) {
    if (!isListed) fault(run, 'balances', 'no-balance', { allocationId });
  }
}

/** The counties as they are called after the last event. */
const countyName = ({ places, counties }) =>
  [...counties]
    .map((placeId) => places.get(placeId))
    .sort()
    .join('、');

// == The books ====================================================================================

/** From which account to which; every other event moves nothing. */
const MOVES = new Map([
  ['FundsAllocated', () => ['source', 'quota']],
  ['AllocationAdjusted', ({ direction, account = 'quota' }) => adjusted(direction, account)],
  ['FundsArrived', () => ['quota', 'treasury']],
  ['FundsReleased', () => ['treasury', 'unit']],
  ['FundsDisbursed', ({ from }) => [spent(from), 'paid']],
  ['AdvanceRepaid', () => ['treasury', 'advance']],
  ['DisbursementReversed', ({ to }) => ['paid', spent(to)]],
  ['FundsReturned', ({ from }) => [held(from), 'returned']],
  ['AllocationRecalled', () => ['quota', 'source']],
  ['FundsRecalled', ({ from }) => [held(from), 'source']],
  ['ArrivalReversed', () => ['treasury', 'quota']],
  ['AdvanceRepaymentReversed', () => ['advance', 'treasury']],
  ['ReleaseReversed', () => ['unit', 'treasury']],
  ['ReturnReversed', ({ to }) => ['returned', held(to)]],
  ['RecallReversed', ({ to }) => ['source', to === 'quota' ? to : held(to)]],
  ['AllocationVoided', () => ['quota', 'source']],
]);
/** What each reversal takes back: events of the same stream, before it, named by `reversedEventId`. */
const TAKES_BACK = new Map([
  ['ArrivalReversed', ['FundsArrived']],
  ['AdvanceRepaymentReversed', ['AdvanceRepaid']],
  ['ReleaseReversed', ['FundsReleased']],
  ['ReturnReversed', ['FundsReturned']],
  ['RecallReversed', ['AllocationRecalled', 'FundsRecalled']],
  ['AllocationVoided', ['FundsAllocated']],
  ['AllocationReopened', ['AllocationClosed']],
  ['MilestoneReversed', ['ProjectStarted', 'ProjectCompleted', 'ProjectAccepted']],
  ['AssetRegistrationReversed', ['AssetRegistered']],
  ['BenefitReversed', ['BenefitDistributed']],
  ['AnnouncementEndRevoked', ['AnnouncementEnded']],
  ['ObjectionAnswerRevoked', ['ObjectionAnswered']],
]);
const CAN_BE_TAKEN_BACK = new Set([...TAKES_BACK.values()].flat());
function adjusted(direction, account) {
  const own = account === 'quota' ? account : held(account);
  if (direction === 'increase') return ['source', own];
  return direction === 'decrease' ? [own, 'source'] : [];
}
const held = (account) => (['treasury', 'unit'].includes(account) ? account : undefined);
const spent = (account) => (account === 'advance' ? account : held(account));

function takeEvent(run, event, line) {
  const { id, stream, revision, type, data, meta } = event;
  const index = run.leaves.count - 1;
  const number = index + 1;
  const wrong = (what, more) => {
    if (run.isBroken) return; // What follows a line that nobody can read is judged by its leaves.
    const events = (run.counts.books ?? 0) < MOST_TOLD ? [nameLater(run, index)] : [];
    fault(run, 'books', what, { line, index, number, id, ...more, events });
  };
  const seen = run.streams.get(stream) ?? { next: 0, order: run.streams.size };
  if (revision !== seen.next) wrong('revision', { stream, revision, next: seen.next });
  seen.next = revision + 1;
  run.streams.set(stream, seen);
  run.ids.push(parseInt(id.slice(24) + id[0], 16) + seen.order); // 52 bits are enough for a warning.
  takeTime(run, meta.recordedAt, number);
  if (type === 'PlaceRegistered' || type === 'PlaceRenamed')
    run.places.set(data.placeId, data.name);
  if (type === 'PlaceRegistered' && data.level === 'county') run.counties.add(data.placeId);
  if (id === run.wanted.event) run.found = nameLater(run, index);
  if (MOVES.has(type)) move(run, event, wrong);
  if (CAN_BE_TAKEN_BACK.has(type)) {
    const leftFen = Number.isInteger(data.amountFen) ? data.amountFen : 0;
    run.entries.set(id, { type, stream, on: meta.occurredOn, leftFen, isWhole: true });
  }
  if (TAKES_BACK.has(type)) takeBack(run, event, wrong);
  ADJUSTING.get(type)?.(run, data, wrong);
}

/** An entry is taken back once, or in parts that come to no more than it; never on a day before its own. */
function takeBack(run, { stream, type, data, meta }, wrong) {
  const { reversedEventId, amountFen } = data;
  const entry = run.entries.get(reversedEventId);
  const isOfStream = entry !== undefined && entry.stream === stream;
  if (!isOfStream || !TAKES_BACK.get(type).includes(entry.type)) {
    return wrong('no-entry', { reversedEventId });
  }
  const { occurredOn } = meta;
  if (occurredOn < entry.on) wrong('reversed-early', { occurredOn, entryOn: entry.on });
  const isAgain = !entry.isWhole && entry.leftFen <= 0;
  entry.leftFen -= Number.isInteger(amountFen) ? amountFen : 0;
  entry.isWhole = false;
  if (entry.leftFen < 0)
    return wrong('entry-over-reversed', { reversedEventId, overFen: -entry.leftFen });
  if (isAgain) wrong('reversed-again', { reversedEventId });
}

/** What adjustment documents say, and what was done of them: all legs, each once, or none. */
const ADJUSTING = new Map([
  ['AdjustmentApproved', approveAdjustment],
  ['AllocationAdjusted', adjustLeg],
  ['AdjustmentCompleted', completeAdjustment],
  ['AdjustmentAbandoned', abandonAdjustment],
]);

function approveAdjustment(run, { adjustmentId, approval, legs }, wrong) {
  if (run.adjustments.has(adjustmentId) || !Array.isArray(legs))
    return wrong('adjustment-odd', { adjustmentId });
  const waiting = new Map(legs.map((leg) => [leg.ordinal, leg]));
  if (waiting.size !== legs.length) return wrong('adjustment-odd', { adjustmentId });
  run.adjustments.set(adjustmentId, { approval, legs, waiting, isOpen: true });
}

/** Pairs of older ledgers have no document, and no ordinal. */
function adjustLeg(run, { adjustmentId, ordinal, ...data }, wrong) {
  if (ordinal === undefined) return;
  const adjustment = run.adjustments.get(adjustmentId);
  const leg = adjustment?.isOpen ? adjustment.waiting.get(ordinal) : undefined;
  const isSame = ['allocationId', 'direction', 'account', 'amountFen'].every(
    (field) => leg?.[field] === data[field],
  );
  if (leg === undefined || !isSame) return wrong('leg-odd', { adjustmentId, ordinal });
  adjustment.waiting.delete(ordinal);
}

function completeAdjustment(run, { adjustmentId }, wrong) {
  const adjustment = run.adjustments.get(adjustmentId);
  if (!adjustment?.isOpen) return wrong('adjustment-odd', { adjustmentId });
  adjustment.isOpen = false;
  const overFen = adjustment.legs.reduce(
    (sum, { direction, amountFen }) => sum + (direction === 'increase' ? amountFen : -amountFen),
    0,
  );
  if (overFen !== 0) wrong('adjustment-sum', { adjustmentId, overFen });
  const count = adjustment.waiting.size;
  if (count > 0) wrong('adjustment-legs', { adjustmentId, count });
}

function abandonAdjustment(run, { adjustmentId }, wrong) {
  const adjustment = run.adjustments.get(adjustmentId);
  if (!adjustment?.isOpen) return wrong('adjustment-odd', { adjustmentId });
  adjustment.isOpen = false;
  const count = adjustment.legs.length - adjustment.waiting.size;
  if (count > 0) wrong('adjustment-abandoned', { adjustmentId, count });
}

/** An open document is no fault: its money waits, or a start will end it. */
function tellOpenAdjustments(run) {
  const open = [...run.adjustments.values()].filter(({ isOpen }) => isOpen);
  if (open.length === 0) return;
  const which = open.slice(0, MOST_TOLD).map(({ approval }) => approval);
  warn(run, 'adjustments-open', { count: open.length, which: which.join('、') });
}

/** Clocks of several machines differ a little: a minute is forgiven, more is worth a question. */
function takeTime(run, recordedAt, number) {
  run.first ||= recordedAt;
  run.last = recordedAt;
  const isBack = recordedAt < run.latest;
  if (!isBack) run.latest = recordedAt;
  if (isBack && Date.parse(run.latest) - Date.parse(recordedAt) > 60_000) {
    warn(run, 'time', { number, recordedAt });
  }
}

/** Takes the amount from one account and puts it into another, so that their sum stays zero. */
function move(run, { type, data, stream }, wrong) {
  const { allocationId, amountFen } = data;
  const [from, to] = MOVES.get(type)(data);
  const isWhole = Number.isInteger(amountFen) && amountFen >= 0;
  const hasAccount = (account) => account === 'source' || run.amounts.includes(`${account}Fen`);
  if (!isWhole || !hasAccount(from) || !hasAccount(to)) return wrong('impossible-move');
  if (stream !== `fund-${allocationId}`) wrong('other-stream', { stream, allocationId });
  if (type === 'FundsAllocated') {
    if (run.allocations.has(allocationId)) return wrong('allocated-twice', { allocationId });
    run.allocations.set(allocationId, {
      placeId: data.placeId,
      accounts: noMoney(),
      payments: new Map(),
      isListed: false,
    });
  }
  const allocation = run.allocations.get(allocationId);
  if (allocation === undefined) return wrong('unknown-allocation', { allocationId });
  const { accounts } = allocation;
  accounts[from] -= amountFen;
  accounts[to] += amountFen;
  const leftFen = accounts[from];
  const isLent = from === 'source' || from === 'advance'; // what is owed to others, and so below zero
  if (!isLent && leftFen < 0) wrong('below-zero', { allocationId, from, leftFen });
  if (accounts.advance > 0) wrong('repaid-too-much', { allocationId, overFen: accounts.advance });
  if (type === 'FundsDisbursed') return pay(run, allocation, data, wrong);
  if (type === 'DisbursementReversed') return reverse(allocation, data, wrong);
}

/** No allocation pays twice under one id; that another has used it is worth a question. */
function pay(run, { payments }, { paymentId, amountFen }, wrong) {
  const isNew = typeof paymentId === 'string' && !payments.has(paymentId);
  if (!isNew) return wrong('payment-id', { paymentId });
  if (run.payments.has(paymentId)) warn(run, 'paid-elsewhere', { paymentId });
  run.payments.add(paymentId);
  payments.set(paymentId, amountFen);
}

function reverse({ payments }, { paymentId, amountFen }, wrong) {
  if (!payments.has(paymentId)) return wrong('no-payment', { paymentId });
  const leftFen = payments.get(paymentId) - amountFen;
  payments.set(paymentId, leftFen);
  if (leftFen < 0) wrong('over-reversed', { paymentId, overFen: -leftFen });
}

function takeBalance(run, { allocationId, ...stated }) {
  if (run.isBroken) return;
  const allocation = run.allocations.get(allocationId);
  if (allocation === undefined || allocation.isListed || allocationId < run.lastListed) {
    return fault(run, 'balances', 'odd-balance', { allocationId });
  }
  run.lastListed = allocationId;
  allocation.isListed = true;
  const counted = { placeId: allocation.placeId, ...asFigures(run, allocation.accounts) };
  for (const [field, value] of Object.entries(counted)) {
    const at = words('allocation', { allocationId });
    compareFigure(run, { at, allocationId, field, stated: stated[field], counted: value });
  }
}

function takeTotals(run, totals) {
  run.wholeRoot = totals.root;
  if (run.isBroken) return;
  for (const [field, counted] of Object.entries(sums(run))) {
    compareFigure(run, { at: words('totals'), field, stated: totals[field], counted });
  }
}

function compareFigure(run, { stated, counted, ...rest }) {
  const money = rest.field.endsWith('Fen') ? { statedFen: stated, countedFen: counted } : {};
  if (stated === counted) return;
  fault(run, 'balances', `differs${money.statedFen === undefined ? '' : '-fen'}`, {
    ...rest,
    stated,
    counted,
    ...money,
  });
}

const noMoney = () => ({
  source: 0,
  quota: 0,
  treasury: 0,
  unit: 0,
  paid: 0,
  returned: 0,
  advance: 0,
});

/** The accounts under the names that the bundle's format gives them: `paidFen` for `paid`. */
const asFigures = ({ amounts }, accounts) =>
  Object.fromEntries(amounts.map((name) => [name, accounts[name.slice(0, -'Fen'.length)]]));

/** The figures of `totals`: all allocations summed, account by account, and their sum. */
function sums(run) {
  const sum = { ...asFigures(run, noMoney()), allocatedFen: 0 };
  for (const { accounts } of run.allocations.values()) {
    for (const [field, amount] of Object.entries(asFigures(run, accounts))) sum[field] += amount;
    sum.allocatedFen -= accounts.source;
  }
  return sum;
}

// == The tree (RFC 6962 §2.1) =====================================================================

const LEAF = 0x00;
const NODE = new Uint8Array([0x01]);

/** Leaf hashes, 32 bytes each, in blocks: a million take 32 MB. */
function newLeaves() {
  const perBlock = 1 << 15;
  const blocks = [];
  return {
    count: 0,
    push(hash) {
      if (this.count % perBlock === 0) blocks.push(new Uint8Array(perBlock * 32));
      blocks.at(-1).set(hash, (this.count % perBlock) * 32);
      this.count += 1;
    },
    at(index) {
      const start = (index % perBlock) * 32;
      return blocks[Math.floor(index / perBlock)].subarray(start, start + 32);
    },
  };
}

/**
 * The heads of the tree at each of `sizes`, in one walk. The stack holds the heads of the full
 * subtrees so far, the largest first: one for each bit that is set in the number of leaves.
 */
function headsAt(leaves, sizes, sha256) {
  const node = (left, right) => sha256(joined([NODE, left, right]));
  const ascending = [...new Set(sizes)].sort((a, b) => a - b);
  const heads = new Map();
  const stack = [];
  for (let size = 0; ; size += 1) {
    if (ascending[heads.size] === size) {
      const isEmpty = stack.length === 0;
      const head = isEmpty ? sha256(new Uint8Array(0)) : stack.reduceRight((r, l) => node(l, r));
      heads.set(size, base64(head));
    }
    if (heads.size === ascending.length) return heads;
    let hash = leaves.at(size);
    for (let bits = size; bits % 2 === 1; bits = (bits - 1) / 2) hash = node(stack.pop(), hash);
    stack.push(hash);
  }
}

/** Holds every checkpoint that is signed, and every one that was kept, to the events. */
function checkRoots(run, olds) {
  const signed = run.checkpoints.filter(({ ok }) => ok).sort(bySize);
  const sizes = [run.leaves.count, ...[...signed, ...olds].map(({ size }) => size)];
  const within = sizes.filter((size) => size <= run.leaves.count);
  const heads = headsAt(run.leaves, within, run.sha256);
  for (const it of [...signed, ...olds]) it.agrees = heads.get(it.size) === it.root;
  run.roots = signed.map(({ size, agrees }) => ({ size, root: heads.get(size) ?? '', agrees }));
  const agreeing = signed.filter(({ agrees }) => agrees);
  run.head = agreeing.at(-1);
  run.newest = signed.at(-1);
  for (const it of signed) if (!it.agrees) tellRoot(run, it, agreeing);
  for (const it of olds) tellOld(run, it);
  if (agreeing.length === signed.length) checkWhole(run, heads.get(run.leaves.count));
}

/** Events that no checkpoint covers are held to the root of all, which the last line tells unsigned. */
function checkWhole(run, counted) {
  const { wholeRoot: root, leaves, header } = run;
  if (root === undefined || root === counted) return;
  const [from, to] = [(run.head?.size ?? 0) + 1, leaves.count];
  const figure = { at: words('totals'), field: 'root', stated: root, counted };
  if (from > to) return compareFigure(run, figure);
  const told = fault(run, 'tree', 'root', { at: words('last-line-name'), from, to });
  locate(run, told, root, header.events);
}

/**
 * Events after the last checkpoint can be added by anybody, without a key: they are a fault unless they
 * are allowed by name, and their money is stated apart, by following the signed ones once more.
 */
async function checkTail(run) {
  const { newest, leaves, wanted, isBroken } = run;
  const beyond = leaves.count - (newest?.size ?? 0);
  if (beyond <= 0 || !(newest?.size > 0)) return;
  if (!wanted.allowTail) fault(run, 'covered', 'tail', { beyond, size: newest.size });
  if (isBroken) return;
  run.signedBooks = newRun(run.wanted, run);
  await eachLine(run.open(), (line) => {
    if (line.number <= newest.size + 1) takeLine(run.signedBooks, line);
  });
}

const bySize = (a, b) => a.size - b.size;
const largest = (checkpoints) => checkpoints.reduce((most, { size }) => Math.max(most, size), 0);

function tellRoot(run, { at, size, root }, agreeing) {
  const from = largest(agreeing.filter((it) => it.size < size)) + 1;
  if (size > run.leaves.count) return tellMissing(run, { at, from, size, root });
  const told = fault(run, 'tree', 'root', { at, from, to: size });
  if (run.counts.tree === 1) locate(run, told, root); // The smallest range; the others hold it too.
  if (largest(agreeing) >= size) fault(run, 'history', 'forked', { at });
}

function tellOld(run, { at, size, root, origin, agrees }) {
  const from = largest(run.continued) + 1;
  if (origin !== run.header.origin) return fault(run, 'history', 'other-log', { at, origin });
  if (size > run.leaves.count) return tellMissing(run, { at, from, size, root });
  if (agrees) return run.continued.push({ size });
  return locate(run, fault(run, 'history', 'rewritten', { at, from, to: size }), root);
}

/** Events are missing: at the end, or from where the first differs. */
function tellMissing(run, { at, from, size, root }) {
  const { count } = run.leaves;
  const told = fault(run, 'history', 'rolled-back', { at, size, count });
  const kept = keptLeaves(run, size, root);
  if (kept) nameFirst(run, told, kept, from);
}

/**
 * A root does not tell which leaf differs. Leaves kept from an earlier export do, once they are seen
 * to give the signed root; without them a small range is named event by event.
 */
function locate(run, told, root, size = told.to) {
  const { from, to } = told;
  const kept = keptLeaves(run, size, root);
  if (kept) nameFirst(run, told, kept, from);
  else if (to - from < MOST_TOLD) {
    told.events = Array.from({ length: to - from + 1 }, (_, n) => nameLater(run, from - 1 + n));
  }
  const index = kept ? told.index : from === to ? from - 1 : undefined;
  if (index !== undefined) Object.assign(told, words('altered', { number: index + 1 }), { index });
}

/** The first event that has another leaf than was kept of it. */
function nameFirst(run, told, kept, from) {
  let index = from - 1;
  while (index < run.leaves.count && hex(kept.at(index)) === hex(run.leaves.at(index))) index += 1;
  if (index === run.leaves.count) return;
  Object.assign(told, { index, events: [nameLater(run, index)] });
  run.toName.get(index).signed = kept.at(index);
}

/** The leaves of the leaf file, where the first `size` of them give the signed root. */
function keptLeaves(run, size, root) {
  const bytes = run.wanted.leaves?.();
  if (bytes === undefined) return undefined;
  const kept = { at: (n) => bytes.subarray(n * 32, n * 32 + 32) };
  const isOfLog = bytes.length >= size * 32 && headsAt(kept, [size], run.sha256).get(size) === root;
  if (!isOfLog) warn(run, 'other-leaves');
  return isOfLog ? kept : undefined;
}

/** Events are named in a second reading, since the first keeps only their hashes. */
function nameLater(run, index) {
  const known = run.toName.get(index) ?? { told: { number: index + 1 } };
  run.toName.set(index, known);
  return known.told;
}

async function nameEvents(run) {
  const { event } = run.wanted;
  if (event && !run.found) throw unreadable('no-such-event', { event });
  if (run.toName.size === 0) return;
  let above;
  await eachLine(run.open(), ({ leaf, number }) => {
    const isRest = loose(leaf.subarray(1, 22)).search(BEGINNING) !== 0;
    if (above && isRest) above.leaf = joined([above.leaf, utf8('\n'), leaf.subarray(1)]);
    above = run.toName.get(number - 2);
    if (above) above.leaf = leaf.slice();
  });
  for (const [index, it] of run.toName) {
    if (it.leaf) Object.assign(it.told, { line: index + 2 }, nameOf(run, index, it));
  }
}

/** Of the line of an event, and of the line that follows the last one. */
const BEGINNING = /\{"(?:data":|kind":"checkpoint")/;

function nameOf(run, index, { leaf, signed }) {
  const then = signed && restored(leaf, signed, run.sha256);
  const at = then?.findIndex((byte, n) => byte !== leaf[n]) ?? -1;
  const now = factsOf(run, leaf, at);
  const was = then ? { ...factsOf(run, then, at), ...changed(leaf, then, at) } : null;
  const isCovered = index < (run.newest?.size ?? 0);
  const uncovered = isCovered ? NOTHING : words('event-uncovered');
  const told = words('event', { ...now, number: index + 1, said: saidOf(now), uncovered });
  const more = was ? words('event-was', { ...was, told, said: saidOf(was) }) : told;
  const hash = base64(run.leaves.at(index));
  return { number: index + 1, index, ...now, leaf: hash, isCovered, was, ...more };
}

/** The whole line as it was, and the field in which it is another now. */
function changed(leaf, then, at) {
  const isBorder = (byte) => [0x2c, 0x5b, 0x5d, 0x7b, 0x7d].includes(byte); // , [ ] { }
  const middle = at < 0 ? then.length : at; // The end itself was changed.
  let [from, to] = [middle, middle];
  while (from > middle - 40 && !isBorder(then[from - 1])) from -= 1;
  while (to < middle + 40 && to < then.length && !isBorder(then[to])) to += 1;
  const [before, after] = [then, leaf].map((bytes) =>
    loose(bytes.subarray(from, Math.max(to, middle + 1))),
  );
  return { line: decoded(then.subarray(1)), before, after };
}

/** What an event says of itself, or what is left of it: its village and its amount above all. */
function factsOf(run, leaf, at) {
  const text = loose(leaf.subarray(1));
  const { id = '', type = '', stream = '', data = {} } = readLine(text).value ?? scraps(text);
  const row = rowAt(data, leaf, at) ?? data;
  const amountFen = Number.isSafeInteger(row.amountFen) ? row.amountFen : null;
  const ids = [data.allocationId, String(stream).replace(/^fund-/, '')];
  const allocationId = ids.find((it) => run.allocations.has(it)) ?? data.allocationId ?? '';
  const placeIds = [row.placeId, run.allocations.get(allocationId)?.placeId];
  const placeId = placeIds.find((it) => run.places.has(it)) ?? row.placeId ?? '';
  const ownName = /^Place/.test(type) ? data.name : undefined;
  const place = ownName ?? run.places.get(placeId) ?? '';
  return { id, type, place, placeId, allocationId, amountFen };
}

/** The row of a notice's annex in which a byte stands: a village and its amount. */
function rowAt({ annexes }, leaf, at) {
  const rows = Array.isArray(annexes) ? annexes.flatMap(({ lines }) => lines ?? []) : [];
  const whole = at < 0 ? '' : onePerByte.decode(leaf);
  let end = 0;
  return rows.find((row) => {
    const text = onePerByte.decode(utf8(canonical(row)));
    const start = whole.indexOf(text, end);
    end = start + text.length;
    return start >= 0 && start <= at && at < end;
  });
}

/** What can be found in a line that is no event any more, up to where another begins. */
function scraps(text) {
  const [own] = text.slice(1).split(BEGINNING);
  const find = (pattern) => pattern.exec(own)?.[1];
  const field = (name) => find(new RegExp(`"${name}":"([^"]*)"`));
  const amountFen = Number(find(/"amountFen":(\d+)[,}]/) ?? NaN);
  const [allocationId, placeId, name] = ['allocationId', 'placeId', 'name'].map(field);
  const data = { allocationId, placeId, name, amountFen };
  const id = find(/"id":"([^"]*)","meta":/);
  return { id, type: find(/"type":"([^"]*)"\}/), stream: field('stream'), data };
}

function saidOf({ place, amountFen }) {
  const where = place === '' ? NOTHING : words('event-place', { place });
  const amount = amountFen === null ? NOTHING : words('event-amount', { amountFen });
  return { zh: where.zh + amount.zh, en: where.en + amount.en };
}

/**
 * The line as it was signed, where one byte of it was changed since: of all that differ from it in one
 * byte, the one that has the signed hash. When that byte was its end, the next line follows in it.
 */
function restored(leaf, signed, sha256) {
  const next = onePerByte.decode(leaf.subarray(2)).search(BEGINNING) + 1; // Before it stood the end.
  const tried = leaf.slice(0, next > 0 ? next : leaf.length);
  const isSigned = () => {
    const hash = sha256(tried);
    return hash[0] === signed[0] && hex(hash) === hex(signed);
  };
  if (next > 0 && isSigned()) return tried;
  const isLong = tried.length > LONGEST_TRIED_WHOLE;
  const places = Array.from(tried.keys()).filter((at) => at > 0 && (!isLong || isDigit(tried[at])));
  for (const value of isLong ? BYTES.filter(isDigit) : LIKELIEST_FIRST) {
    for (const at of places) {
      const before = tried[at];
      tried[at] = value;
      if (isSigned()) return tried;
      tried[at] = before;
    }
  }
  return undefined;
}

const onePerByte = new TextDecoder('latin1');
const LONGEST_TRIED_WHOLE = 4096; // Of what is longer only digits are tried, for other digits.
const isDigit = (byte) => byte >= 0x30 && byte <= 0x39;
const BYTES = Array.from({ length: 256 }, (_, value) => (value + 0x30) % 256); // from the digits on
const LIKELIEST_FIRST = [...BYTES.filter((it) => it < 0x7f), ...BYTES.filter((it) => it >= 0x7f)];

// == Signed notes, checkpoints, cosignatures (C2SP) ===============================================

const LOG_KEY = 0x01; // signed-note: Ed25519 over the text
const WITNESS_KEY = 0x04; // tlog-cosignature: Ed25519 over a header, an instant and the text

const troubleWith = ({ at, trouble }) => ({ at, trouble });

/** Sets what can be read of the bundle's checkpoints, and `ok` where a given key has signed. */
async function checkSignatures(run, trust) {
  let largestYet = 0;
  for (const it of run.checkpoints) {
    await openCheckpoint(it, trust, run);
    const isOurs = it.origin === undefined || it.origin === run.header.origin;
    if (!isOurs) it.trouble = words('is-of-other-log');
    it.ok = it.trouble === undefined;
    if (!it.ok) fault(run, 'signatures', 'checkpoint', troubleWith(it));
    if (it.size < largestYet)
      fault(run, 'lines', 'line', { line: it.line, wrong: words('misplaced') });
    largestYet = Math.max(largestYet, it.size ?? 0);
  }
  const isSigned = largestYet > 0 || (run.leaves.count === 0 && run.checkpoints.length > 0);
  if (!isSigned) fault(run, 'covered', 'no-checkpoint', {}, NOTHING_SIGNED);
}

/** The checkpoints that the auditor kept: of these, those that a given key has signed. */
async function openOlds(run, trust) {
  const olds = run.wanted.since.map((note) => ({ note, at: words('old') }));
  for (const it of olds) {
    await openCheckpoint(it, trust, run);
    if (it.size === undefined) throw unreadable('checkpoint', troubleWith(it));
    if (it.trouble) fault(run, 'signatures', 'checkpoint', troubleWith(it));
  }
  return olds.filter(({ trouble }) => trouble === undefined).sort(bySize);
}

/** Some given key has signed, and some log of the policy if that names any; each by the log's name. */
function isSignedByLog({ origin, signed }, { given, policy }) {
  const hasSigned = (key) => key.name === origin && signed.has(key);
  return given.some(hasSigned) && (policy.logs.length === 0 || policy.logs.some(hasSigned));
}

/** Sets origin, size, root and `signed`, the keys that hold; or `trouble`. */
async function openCheckpoint(it, trust, { ed25519, strangers }) {
  const note = await openNote(it.note, trust.keys, ed25519);
  const [, origin, size, root] = (note && CHECKPOINT.exec(note.body)) ?? [];
  const isRead = Number.isSafeInteger(Number(size)) && unbase64(root)?.length === 32;
  if (!isRead) return void (it.trouble = words('is-no-checkpoint'));
  Object.assign(it, { origin, size: Number(size), root, signed: note.signed });
  for (const name of note.strangers) strangers.add(name);
  if (!isSignedByLog(it, trust)) it.trouble = words('is-not-signed');
  if (note.forged !== undefined) it.trouble = words('is-false', { name: note.forged });
}

/** Unknown keys are ignored; a false signature of a known key spoils the note. */
async function openNote(text, keys, ed25519) {
  const note = readNote(text);
  if (note === undefined) return undefined;
  const opened = { body: note.body, signed: new Set(), strangers: [], forged: undefined };
  for (const { name, id, signature } of note.signatures) {
    const key = keys.find((known) => known.name === name && known.id === id);
    if (key === undefined) opened.strangers.push(name);
    if (key === undefined || opened.signed.has(key)) continue;
    const isGood = await isSignedBy(key, note.body, signature, ed25519);
    if (isGood) opened.signed.add(key);
    else opened.forged = name;
  }
  return opened;
}

/** tlog-checkpoint: origin, size without leading zeros, root, and lines of extension, none empty. */
const CHECKPOINT = /^([^\n]+)\n(0|[1-9]\d*)\n([A-Za-z0-9+/]{43}=)\n(?:[^\n]+\n)*$/;

/** signed-note: the text ends at the last empty line; after it, one line for each signature. */
function readNote(text) {
  const end = text.lastIndexOf('\n\n');
  const hasControls = [...text].some((char) => char < ' ' && char !== '\n');
  if (end < 0 || !text.endsWith('\n') || hasControls) return undefined;
  const signatures = text
    .slice(end + 2, -1)
    .split('\n')
    .map(readSignature);
  if (signatures.length > 100 || signatures.includes(undefined)) return undefined;
  return { body: text.slice(0, end + 1), signatures };
}

function readSignature(line) {
  const [, name, encoded = ''] = /^— ([^\s+]+) (\S+)$/u.exec(line) ?? [];
  const bytes = unbase64(encoded) ?? [];
  if (bytes.length < 5) return undefined;
  return { name, id: hex(bytes.subarray(0, 4)), signature: bytes.subarray(4) };
}

function isSignedBy(key, body, signature, ed25519) {
  if (key.type === LOG_KEY) return signature.length === 64 && ed25519(key, utf8(body), signature);
  if (signature.length !== 72 || signature[0] > 127) return false;
  const time = BigInt(`0x${hex(signature.subarray(0, 8))}`);
  return ed25519(key, utf8(`cosignature/v1\ntime ${time}\n${body}`), signature.subarray(8));
}

/** signed-note, verifier keys: name+id+base64(type ‖ key), id = SHA-256(name ‖ \n ‖ type ‖ key)[:4]. */
function readKey(text, type, sha256) {
  const [, name, id, encoded = ''] = /^([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/u.exec(text) ?? [];
  const bytes = unbase64(encoded) ?? [];
  const isRight = bytes.length === 33 && bytes[0] === type;
  if (!isRight || !hex(sha256(joined([utf8(`${name}\n`), bytes]))).startsWith(id)) {
    throw unreadable(type === LOG_KEY ? 'no-log-key' : 'no-witness-key', { text });
  }
  return { name, id, type, bytes: bytes.subarray(1) };
}

// == Whom to trust (C2SP tlog-policy) =============================================================

/** The keys given, the policy, and all keys under which a line of signature is to be looked at. */
function readTrust({ keys: texts, policy: text }, sha256) {
  const known = new Map();
  const keyOf = (vkey, type) => {
    const key = readKey(vkey, type, sha256);
    if (!known.has(vkey)) known.set(vkey, key);
    return known.get(vkey);
  };
  const own = texts.map((vkey) => keyOf(vkey, LOG_KEY));
  const policy = readPolicy(text ?? 'quorum none', keyOf);
  const given = own.length > 0 ? own : policy.logs;
  if (given.length === 0) throw unreadable('no-key');
  return { given, policy, keys: [...known.values()] };
}

/** The keys in a text: one on a line, empty lines and lines with # left out. */
function keysIn(text) {
  const lines = text.split('\n').map((line) => line.trim());
  return lines.filter((line) => line !== '' && !line.startsWith('#'));
}

function readPolicy(text, keyOf) {
  const policy = { logs: [], witnesses: new Map(), groups: new Map(), quorum: undefined };
  for (const [index, line] of text.split('\n').entries()) {
    const [word, ...items] = line.split(/[ \t]+/).filter(Boolean);
    if (word === undefined || word.startsWith('#')) continue;
    const isRead = Object.hasOwn(POLICY, word) && POLICY[word](policy, items, keyOf);
    if (!isRead) throw unreadable('policy-line', { line: index + 1 });
  }
  if (policy.quorum === undefined) throw unreadable('no-quorum');
  return policy;
}

/** What each line of a policy adds to it; false where the line makes no sense. */
const POLICY = {
  log({ logs }, [vkey, ...url], keyOf) {
    if (vkey === undefined || url.length > 1) return false;
    return addOnce(logs, keyOf(vkey, LOG_KEY));
  },
  witness(policy, [name, vkey, ...url], keyOf) {
    if (vkey === undefined || url.length > 1 || !isFree(policy, name)) return false;
    const key = keyOf(vkey, WITNESS_KEY);
    const isNew = addOnce([...policy.witnesses.values()], key);
    return isNew && policy.witnesses.set(name, key);
  },
  group(policy, [name, threshold, ...members]) {
    const isCount = /^[1-9]\d*$/.test(threshold);
    const least = { any: 1, all: members.length }[threshold] ?? (isCount ? Number(threshold) : 0);
    const used = [...policy.groups.values()].flatMap((group) => group.members).concat(members);
    const isOnce = new Set(used).size === used.length;
    const isFair = least >= 1 && least <= members.length && isOnce && isFree(policy, name);
    if (!isFair || members.some((member) => !isDefined(policy, member))) return false;
    return policy.groups.set(name, { least, members });
  },
  quorum(policy, [name, ...rest]) {
    const isKnown = name === 'none' || isDefined(policy, name);
    if (policy.quorum !== undefined || rest.length > 0 || !isKnown) return false;
    policy.quorum = name;
    return true;
  },
};

const isDefined = ({ witnesses, groups }, name) => witnesses.has(name) || groups.has(name);
const isFree = (policy, name) => ![undefined, 'none'].includes(name) && !isDefined(policy, name);

/** Two keys are the same when their 32 bytes are, whatever they are called. */
function addOnce(keys, key) {
  if (keys.some(({ bytes }) => hex(bytes) === hex(key.bytes))) return false;
  return keys.push(key) > 0;
}

/** The policy is held to the checkpoint that covers most: it speaks for the whole ledger. */
function checkWitnesses(run, { witnesses, groups, quorum }) {
  if (run.wanted.policy === undefined) return;
  const isMet = (signed, name) => {
    if (name === 'none') return true;
    if (witnesses.has(name)) return signed.has(witnesses.get(name));
    const { least, members } = groups.get(name);
    return members.filter((member) => isMet(signed, member)).length >= least;
  };
  const signed = run.newest?.signed ?? new Set();
  const met = [...witnesses.values()].filter((key) => signed.has(key)).length;
  run.witnessed = { met, of: witnesses.size };
  if (isMet(signed, quorum)) return;
  const before = run.checkpoints.filter((it) => it.agrees && isMet(it.signed, quorum));
  fault(run, 'witnesses', 'too-few', { met, of: witnesses.size, before: largest(before) });
}

// == Bytes, texts, numbers ========================================================================

const LONGEST_LINE = 1 << 20; // bundle-format.md; what is recorded is a little less
const DEEPEST = 16;

/**
 * Calls `onLine` with each line: its number from 1, its text (null where the bytes are not UTF-8),
 * and its leaf, 0x00 and the bytes. The byte before a line is the end of the line before it; that has
 * been read, and makes room for the 0x00 of RFC 6962.
 */
async function eachLine(chunks, onLine) {
  let number = 0;
  let rest = new Uint8Array(0);
  for await (const chunk of chunks) {
    const end = chunk.lastIndexOf(10) + 1;
    const whole = joined([new Uint8Array(1), rest, chunk.subarray(0, end)]);
    rest = joined([end > 0 ? whole.subarray(0, 0) : rest, chunk.subarray(end)]);
    if (rest.length > LONGEST_LINE) throw unreadable('too-long', { line: number + 1 });
    if (end > 0) number = eachWhole(whole, number, onLine);
  }
  if (rest.length > 0) throw unreadable('no-end');
}

function eachWhole(bytes, linesBefore, onLine) {
  const texts = decoded(bytes.subarray(1))?.split('\n');
  let number = linesBefore;
  for (let start = 0; start < bytes.length - 1; number += 1) {
    const end = bytes.indexOf(10, start + 1);
    const text = texts ? texts[number - linesBefore] : decoded(bytes.subarray(start + 1, end));
    if (end - start - 1 > LONGEST_LINE) throw unreadable('too-long', { line: number + 1 });
    bytes[start] = LEAF;
    onLine({ leaf: bytes.subarray(start, end), text, number: number + 1 });
    start = end;
  }
  return number;
}

const utf8Decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const looseDecoder = new TextDecoder('utf-8', { ignoreBOM: true });
const loose = (bytes) => looseDecoder.decode(bytes); // � for what is not UTF-8
const utf8Encoder = new TextEncoder();
const utf8 = (text) => utf8Encoder.encode(text);

/** The text of the bytes, or null when they are not UTF-8. */
function decoded(bytes) {
  try {
    return utf8Decoder.decode(bytes);
  } catch {
    return null;
  }
}

/**
 * RFC 8785 for integers, texts, lists and objects: keys by UTF-16 code units, no white space, the
 * escapes of ECMAScript. A line is canonical when writing what was read gives the line again: white
 * space, other orders, other escapes, keys that come twice, -0 and 1.0 all fail on that.
 */
function canonical(value, depth = 1) {
  if (typeof value === 'string') return quoted(value);
  if (Number.isSafeInteger(value)) return String(value);
  if (typeof value !== 'object' || value === null) throw unreadable('odd-value');
  if (depth > DEEPEST) throw unreadable('too-deep');
  if (Array.isArray(value)) return `[${value.map((it) => canonical(it, depth + 1)).join(',')}]`;
  let fields = '';
  for (const key of Object.keys(value).sort()) {
    fields += `${fields && ','}${quoted(key)}:${canonical(value[key], depth + 1)}`;
  }
  return `{${fields}}`;
}

function quoted(text) {
  if (!NEEDS_CARE.test(text)) return `"${text}"`;
  if (HALF_PAIR.test(text)) throw unreadable('half-pair');
  return JSON.stringify(text);
}

const NEEDS_CARE = /[\u0000-\u001f"\\\ud800-\udfff]/;
const HALF_PAIR = /[\ud800-\udfff]/u;

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

function joined(parts) {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
const base64 = (bytes) => btoa(String.fromCharCode(...bytes));

/** RFC 4648 §4 in its one canonical spelling; anything else is undefined. */
function unbase64(text) {
  try {
    const raw = atob(text);
    return btoa(raw) === text ? Uint8Array.from(raw, (char) => char.charCodeAt(0)) : undefined;
  } catch {
    return undefined;
  }
}

/** SHA-256 (FIPS 180-4), for where there is none that answers at once: in a browser. */
function sha256Here(bytes) {
  const length = ((bytes.length + 72) >> 6) << 6;
  const padded = new Uint8Array(length);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(length - 8, Math.floor(bytes.length / 0x20000000));
  view.setUint32(length - 4, bytes.length << 3);
  const state = Int32Array.from(SHA256.heads);
  for (let block = 0; block < length; block += 64) compress(state, view, block);
  state.forEach((word, index) => view.setInt32(index * 4, word));
  return padded.slice(0, 32);
}

function compress(state, view, block) {
  const { rounds, w } = SHA256;
  for (let t = 0; t < 16; t += 1) w[t] = view.getInt32(block + t * 4);
  for (let t = 16; t < 64; t += 1) {
    const x = w[t - 15];
    const y = w[t - 2];
    const s0 = turned(x, 7) ^ turned(x, 18) ^ (x >>> 3);
    const s1 = turned(y, 17) ^ turned(y, 19) ^ (y >>> 10);
    w[t] = w[t - 16] + s0 + w[t - 7] + s1;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let t = 0; t < 64; t += 1) {
    const s1 = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + rounds[t] + w[t]) | 0;
    const s0 = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22);
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  [a, b, c, d, e, f, g, h].forEach((word, index) => (state[index] += word));
}

const turned = (word, by) => (word >>> by) | (word << (32 - by));

/** The first 32 bits of the fractions of square roots (heads) and cube roots (rounds) of primes. */
const SHA256 = (() => {
  const primes = [];
  for (let n = 2; primes.length < 64; n += 1) if (primes.every((p) => n % p !== 0)) primes.push(n);
  const fraction = (root) => Math.floor((root - Math.floor(root)) * 2 ** 32) | 0;
  return {
    heads: primes.slice(0, 8).map((prime) => fraction(Math.sqrt(prime))),
    rounds: Int32Array.from(primes, (prime) => fraction(Math.cbrt(prime))),
    w: new Int32Array(64),
  };
})();

/** The day in China on which an instant falls. */
const dayOf = (instant) => new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 10);

const grouped = (integer) => String(integer).replace(/\B(?=(?:\d{3})+$)/g, ',');

function yuan(fen) {
  const whole = grouped(Math.trunc(Math.abs(fen) / 100));
  return `${fen < 0 ? '-' : ''}${whole}.${String(Math.abs(fen) % 100).padStart(2, '0')}`;
}

// == What is said =================================================================================

/** A sentence in both languages: sums in yuan, numbers in groups of three, sentences in sentences. */
function words(what, values = {}) {
  const [zh, en] = SENTENCES.get(what);
  const filled = (sentence, language) =>
    sentence.replace(/\{(\w+)\}/g, (_, name) => {
      const value = values[name];
      if (name.endsWith('Fen')) return yuan(value);
      return typeof value === 'number' ? grouped(value) : (value?.[language] ?? String(value));
    });
  return { zh: filled(zh, 'zh'), en: filled(en, 'en') };
}

const say = (what, values) => ({ what, ...words(what, values), ...values });
const NOTHING = { zh: '', en: '' };
const MARKS = new Map([
  [true, '✓'],
  [false, '✗'],
  [null, '–'],
]);

const SENTENCES = new Map(
  `
good | 共 {count} 个事件,自 {day} 起未被改动{by}{beyond}。 | {count} event{s} since {day}, unaltered{by}{beyond}.
good-witnessed | ,{of} 个见证方中有 {met} 个见证 | , witnessed by {met} of {of}
good-beyond | ;其后还有 {beyond} 个没有签名,不在此列 | ; after them {beyond} more, which are not signed and for which this does not speak
no-events | 台账里还没有事件。 | There are no events in the ledger yet.
bad-2 | 无法核验:{said}。 | This cannot be verified: {said}.
bad-14 | 文件不合格式:{said}。 | The file is not in its format: {said}.
bad-11 | 事件被改动:{said}。 | Events were altered: {said}.
bad-12 | 历史被倒回、改写或分叉:{said}。 | History was rolled back, rewritten or forked: {said}.
bad-10 | 签名或见证不符:{said}。 | Signatures or witnesses are not in order: {said}.
bad-16 | 没有签名:{said}。 | Nothing is signed: {said}.
bad-13 | 有的事件没有签名:{said}。 | Some events are not signed: {said}.
bad-15 | 账目对不上:{said}。 | The books do not agree: {said}.
check-lines | 每一行都是规范写法({count} 个事件) | every line canonical ({count} events)
check-signatures | {count} 个检查点的签名 | signatures of {count} checkpoints
check-covered | 前 {size} 个事件有签名,其后没有事件 | the first {size} events are signed, and none follow
check-tree | {count} 个公布规模上的树根 | root at {count} published sizes
check-history | 与自己保存的检查点相接{sizes} | continues the checkpoint you kept{sizes}
sizes | (前 {size} 个事件) |  (the first {size} events)
check-witnesses | 见证规则{outOf} | policy on witnesses{outOf}
out-of | ({of} 个中有 {met} 个) |  ({met} of {of})
check-books | 逐个事件推算:各流连续,资金守恒,账户不为负,冲销不超原记 | event by event: streams without gaps, money conserved, no account below zero, reversals within what they take back
check-balances | {count} 笔资金的余额和合计与推算一致 | balances of {count} allocations, and totals, are what the events give
figures | 下达 {allocatedFen} 元,到账 {arrivedFen} 元,支付 {paidFen} 元 | allocated {allocatedFen} yuan, arrived {arrivedFen} yuan, paid {paidFen} yuan
not-since | 没有给出以前的检查点(--since):用同一把密钥重签的另一段历史不会被发现。请保存这次的检查点,下次使用 | no earlier checkpoint was given (--since): a rewritten history signed with the same key would not be noticed; keep this checkpoint for next time
not-witnesses | 没有给出见证规则(--policy):见证方的签名没有核对 | no policy was given (--policy): signatures of witnesses were not looked at
not-covered | 最后 {beyond} 个事件尚未纳入检查点,没有签名护着它们 | the last {beyond} events are not yet under a checkpoint: no signature guards them
not-followed | 有的行读不懂,账目没有推算到底 | some lines cannot be read, so the books were not followed to the end
not-strangers | 没有给出公钥的签名行没有核对:{names} | lines of signature were not looked at, as no key was given for them: {names}
not-key | 公钥 {keys} 是否真是县里的:请与公示上印的比对 | whether {keys} is the county's key: compare it with the one in print
not-tables | 核验包旁边的表格:有出入时以核验包为准 | the tables beside the bundle: where they differ, it is the bundle that counts
not-procedure | 审批手续:核验程序只跟着钱走,不看谁该审批 | approvals: the verifier follows the money, and not who had to approve it
not-left-out | 有没有从未记入台账的事、先用后记的事 | whether anything was never recorded, or recorded later than it happened
not-true | 记下的事是否属实,要看凭证和现场 | whether what was recorded is true: that is for vouchers and a visit to tell
failed | 核验程序自己出错({error}) | the verifier itself failed ({error})
empty | 文件是空的 | the file is empty
cut-short | 文件不完整,没有末行的合计 | the file is cut short: its last line, the totals, is missing
no-end | 文件不完整,最后一行没有结束 | the file is cut short: its last line has no end
too-long | 第 {line} 行太长 | line {line} is too long
newer-format | 核验包是第 {format} 版格式,比本程序认识的第 {newest} 版新;请换用随包附带的核验程序 | the bundle is of format {format}, newer than format {newest}, the newest that this verifier knows; use the verifier that comes with the bundle
not-a-bundle | 第 1 行不是核验包的首行 | line 1 is not the first line of a bundle
no-key | 没有给出公钥(--key) | no key was given (--key)
no-log-key | 这不是台账的公钥:{text} | this is not the key of a log: {text}
no-witness-key | 这不是见证方的公钥:{text} | this is not the key of a witness: {text}
policy-line | 见证规则第 {line} 行不成立 | line {line} of the policy makes no sense
no-quorum | 见证规则没有 quorum 行 | the policy has no line quorum
no-such-event | 核验包里没有事件 {event} | there is no event {event} in the bundle
no-file | 读不到文件 {file} | the file {file} cannot be read
no-leaves | 叶子文件的长度不是 32 的倍数 | the file of leaves is not made of 32 bytes each
arguments | 参数不对:{error} | the arguments make no sense: {error}
no-ed25519 | 这个浏览器不会核对 Ed25519 签名 | this browser cannot check Ed25519 signatures
line | 第 {line} 行{wrong} | line {line} {wrong}
not-utf8 | 不是 UTF-8 | is not UTF-8
not-json | 不是 JSON | is not JSON
not-canonical | 不是规范写法的 JSON 对象 | is not a JSON object in canonical form
odd-value | 含有整数、文字、列表、对象以外的值 | holds a value that is no integer, text, list or object
too-deep | 嵌套太深 | is nested too deep
half-pair | 含有半个代理对 | holds half of a surrogate pair
unknown-kind | 的种类不认识 | is of an unknown kind
misplaced | 不在该在的地方 | does not stand where it should
odd-field | 的字段 {field} 不合格式 | has, or lacks, a field against the format: {field}
allocation | 资金 {allocationId} | allocation {allocationId}
totals | 合计 | the totals
first-line-name | 首行 | the first line
last-line-name | 末行(未签名) | unsigned last line
first-line | 首行写有 {stated} 个事件,实有 {counted} 个 | the first line promises {stated} events, and there are {counted}
differs | {at} 的 {field} 写为 {stated},推算为 {counted} | {field} of {at} is {stated}, and the events give {counted}
differs-fen | {at} 的 {field} 写为 {statedFen} 元,推算为 {countedFen} 元 | {field} of {at} is {statedFen} yuan, and the events give {countedFen} yuan
no-balance | 资金 {allocationId} 没有余额行 | allocation {allocationId} has no line of balances
odd-balance | 资金 {allocationId} 的余额行多余、重复或不按编号排列 | the line of balances of {allocationId} is one too many, comes twice, or is out of order
revision | 第 {number} 个事件在流 {stream} 中是第 {revision} 号,应为 {next} | event {number} is revision {revision} of {stream}, not {next}
id-twice | 有 {count} 个事件的编号在同一流中出现过 | {count} events have an id that came before in the same stream
time | 第 {number} 个事件的记录时刻倒退到 {recordedAt} | event {number} was recorded at {recordedAt}, before those that it follows
impossible-move | 第 {number} 个事件的金额或账户不成立 | event {number} has an amount or an account that cannot be
unknown-allocation | 第 {number} 个事件动用没有下达过的资金 {allocationId} | event {number} moves money of {allocationId}, which was never allocated
below-zero | 第 {number} 个事件使资金 {allocationId} 的 {from} 账户为 {leftFen} 元 | event {number} leaves account {from} of {allocationId} at {leftFen} yuan
repaid-too-much | 第 {number} 个事件归还的垫付比资金 {allocationId} 的垫付多 {overFen} 元 | event {number} repays {overFen} yuan more than was paid in advance of {allocationId}
payment-id | 第 {number} 个事件的支付编号缺失或重复 | event {number} has no payment id, or one that was used before
paid-elsewhere | 支付编号 {paymentId} 在另一笔资金中也用过 | payment id {paymentId} was used in another allocation as well
allocated-twice | 第 {number} 个事件把资金 {allocationId} 再次下达 | event {number} issues allocation {allocationId} a second time
other-stream | 第 {number} 个事件动用资金 {allocationId},却记在流 {stream} | event {number} moves money of {allocationId} and stands in stream {stream}
no-payment | 第 {number} 个事件冲销不存在的支付 {paymentId} | event {number} reverses {paymentId}, which was never paid
over-reversed | 第 {number} 个事件使冲销超过支付 {paymentId},多 {overFen} 元 | event {number} reverses {overFen} yuan more than was paid by {paymentId}
no-entry | 第 {number} 个事件冲销的 {reversedEventId} 不是同一流中可冲销的事件 | event {number} takes back {reversedEventId}, which is no such event of its stream
reversed-early | 第 {number} 个事件的日期 {occurredOn} 早于所冲销事件的 {entryOn} | event {number} is dated {occurredOn}, before the {entryOn} of what it takes back
entry-over-reversed | 第 {number} 个事件使冲销超过 {reversedEventId},多 {overFen} 元 | event {number} takes back {overFen} yuan more than {reversedEventId} has
reversed-again | 第 {number} 个事件再次冲销 {reversedEventId} | event {number} takes back {reversedEventId} a second time
adjustment-odd | 第 {number} 个事件:调整文件 {adjustmentId} 重复、不存在或已经办结 | event {number}: adjustment {adjustmentId} comes twice, was never approved, or has ended
leg-odd | 第 {number} 个事件:调整文件 {adjustmentId} 没有这样的第 {ordinal} 笔,或已经调整过 | event {number}: adjustment {adjustmentId} has no such leg {ordinal}, or it was applied before
adjustment-sum | 第 {number} 个事件办结的调整文件 {adjustmentId} 调增比调减多 {overFen} 元 | event {number} completes adjustment {adjustmentId}, which gives {overFen} yuan more than it takes
adjustment-legs | 第 {number} 个事件办结的调整文件 {adjustmentId} 还有 {count} 笔没有调整 | event {number} completes adjustment {adjustmentId}, of which {count} legs are not applied
adjustment-abandoned | 第 {number} 个事件作废的调整文件 {adjustmentId} 已有 {count} 笔调整过 | event {number} abandons adjustment {adjustmentId}, of which {count} legs were applied
adjustments-open | 有 {count} 份调整文件没有办结:{which} | {count} adjustments are open: {which}
at-line | 第 {line} 行的检查点 | checkpoint of line {line}
old | 自己保存的检查点 | checkpoint you kept
checkpoint | {at}{trouble} | the {at} {trouble}
no-checkpoint | 没有涵盖任何事件的检查点 | no checkpoint covers any event
tail | 前 {size} 个事件有签名,其后 {beyond} 个没有,谁都能添上;请索取新签的核验包,或用 --allow-unsigned-tail 放行 | the first {size} events are signed, and the {beyond} after them are not: anybody could have added them; ask for a bundle that is signed anew, or allow them with --allow-unsigned-tail
figures-tail | 未签名的 {events} 个事件另计:{moved} | apart, in {events} events that are not signed: {moved}
is-no-checkpoint | 不成格式 | is not in the format of a checkpoint
is-false | 上 {name} 的签名是假的 | bears a false signature of {name}
is-not-signed | 没有所给公钥的签名 | bears no signature of the given key
is-of-other-log | 属于另一本台账 | is of another log
too-few | 最后的检查点由 {of} 个见证方中的 {met} 个签名,不合见证规则(规模 {before} 时还合) | the last checkpoint is cosigned by {met} of {of} witnesses, which the policy does not accept (the last that it accepts is of size {before})
root | 第 {from} 至 {to} 个事件之中,{at}上的树根对不上 | among events {from} to {to}, where the root is not that of the {at}
altered | 第 {number} 个事件 | event {number}
rolled-back | {at}涵盖 {size} 个事件,核验包里只有 {count} 个 | the {at} covers {size} events, and the bundle holds {count}
forked | {at}与另一个签了名的检查点互相矛盾 | the {at} contradicts another that was signed
other-log | {at}属于另一本台账 {origin} | the {at} is of another log, {origin}
rewritten | 第 {from} 至 {to} 个事件之中,与{at}不符 | among events {from} to {to}, which are not those of the {at}
other-leaves | 叶子文件与签了名的树根不符,不能用来定位 | the file of leaves does not give the signed root, so it cannot tell which event it is
event | 第 {number} 个事件 {type}{said}{uncovered}(编号 {id}) | event {number}, {type}{said}{uncovered} (id {id})
event-was | {told},签名时为 {type}{said}({before} 被改成 {after}) | {told}, which was signed as {type}{said} ({before} was changed to {after})
said-of | {said}:{event} | {said}: {event}
event-place | ,{place} | , {place}
event-amount | ,{amountFen} 元 | , {amountFen} yuan
event-uncovered | ,尚未纳入检查点 | , not yet under a checkpoint
more | 等,共 {count} 处 | and more: {count} in all
heading-figures | 金额 | Figures
heading-event | 所问的事件 | The event you asked for
heading-warnings | 提醒 | Worth a look
heading-not-checked | 没有核对的 | Not checked
`
    .trim()
    .split('\n')
    .map((line) => line.split(' | '))
    .map(([what, zh, en]) => [what, [zh, en]]),
);

// ---- the core ends ----

// == The command ==================================================================================

const HELP = `node verify.mjs bundle.ndjson --key ledger.vkey

  --key KEY               公钥或其文件,可多次 a key (name+id+base64) or a file of keys; repeatable
  --since FILE            以前保存的检查点,可多次 a checkpoint that you kept; repeatable
  --policy FILE           见证规则 whose cosignatures to ask for (C2SP tlog-policy)
  --leaves FILE           以前导出的叶子,默认取核验包旁的 leaves.bin leaf hashes kept from an
                          earlier export; leaves.bin beside the bundle when not given
  --allow-unsigned-tail   放行最后没有签名的事件 take events after the last checkpoint as well
  --event ID              另查一个事件 tell of one event as well
  --save-checkpoint FILE  通过后保存检查点 keep the checkpoint, when all is in order
  --json                  输出一个 JSON 对象 one JSON object
  --lang zh|en            语言,不写则结论用两种语言 language; without it the verdict is in both

0 无误 in order · 2 无法核验 unreadable · 10 签名或见证 signatures, policy · 11 事件被改动 altered
12 倒回或分叉 rolled back or forked · 13 末尾没有签名 unsigned tail · 14 格式 not canonical
15 账目 books differ · 16 没有签名 nothing signed
`;

const OPTIONS = {
  ...{ key: { type: 'string', multiple: true }, since: { type: 'string', multiple: true } },
  ...{ policy: { type: 'string' }, leaves: { type: 'string' }, event: { type: 'string' } },
  ...{ 'save-checkpoint': { type: 'string' }, lang: { type: 'string' } },
  ...{ 'allow-unsigned-tail': { type: 'boolean' } },
  ...{ json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
};

/** Answers the exit code. */
async function main(args) {
  setFlagsFromString('--heap-growing-percent=30'); // Collects early: a million events in 0.5 GB.
  const { values, positionals, error } = readArguments(args);
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const result = error ?? (await verifyFiles(positionals[0], values));
  process.stdout.write(values.json ? `${JSON.stringify(result)}\n` : asText(result, values));
  return result.exit;
}

function readArguments(args) {
  try {
    const read = parseArgs({ args, options: OPTIONS, allowPositionals: true });
    const isRight =
      read.positionals.length === 1 && [undefined, 'zh', 'en'].includes(read.values.lang);
    if (isRight || read.values.help) return read;
    return { values: read.values, error: refuse('arguments', { error: '--help' }) };
  } catch ({ message }) {
    const values = { json: args.includes('--json') };
    return { values, error: refuse('arguments', { error: message }) };
  }
}

async function verifyFiles(bundle, values) {
  try {
    const asked = {
      open: () => chunksOf(bundle),
      keys: (values.key ?? []).flatMap(keysOf),
      since: (values.since ?? []).map((file) => read(file).toString()),
      policy: values.policy === undefined ? undefined : read(values.policy).toString(),
      leaves: leavesOf(bundle, values.leaves),
      event: values.event,
      allowTail: values['allow-unsigned-tail'] === true,
    };
    const result = await verify(asked, nodeTools);
    const file = values['save-checkpoint'];
    if (file !== undefined && result.exit === 0) fs.writeFileSync(file, result.checkpoint);
    return result;
  } catch (error) {
    return refuse(error.what ?? 'failed', error.values ?? { error: error.message });
  }
}

async function* chunksOf(file) {
  try {
    yield* fs.createReadStream(file, { highWaterMark: 1 << 18 });
  } catch {
    throw unreadable('no-file', { file });
  }
}

function read(file) {
  try {
    return fs.readFileSync(file);
  } catch {
    throw unreadable('no-file', { file });
  }
}

/** The leaf file that was named, or the one that lies beside the bundle, which nobody need look at. */
function leavesOf(bundle, named) {
  if (named === undefined) {
    const beside = bundle.replace(/[^/\\]*$/, 'leaves.bin');
    return () => (fs.existsSync(beside) ? read(beside) : undefined);
  }
  const bytes = read(named);
  if (bytes.length % 32 > 0) throw unreadable('no-leaves');
  return () => bytes;
}

/** A key as such, or a file of keys. */
const keysOf = (key) => keysIn(/\+[0-9a-f]{8}\+/.test(key) ? key : read(key).toString());

/** The one-shot, where Node has it; a text between takes less memory than a buffer for each hash. */
const sha256 = nodeCrypto.hash
  ? (bytes) => Buffer.from(nodeCrypto.hash('sha256', bytes, 'latin1'), 'latin1')
  : (bytes) => nodeCrypto.createHash('sha256').update(bytes).digest();

const SPKI = Buffer.from('302a300506032b6570032100', 'hex'); // RFC 8410 §4, before the 32 bytes

function ed25519(key, message, signature) {
  const der = { key: Buffer.concat([SPKI, key.bytes]), format: 'der', type: 'spki' };
  key.handle ??= nodeCrypto.createPublicKey(der);
  return nodeCrypto.verify(null, message, key.handle, signature);
}

/** The report as text: the verdict, the checks with their faults, the figures, what is left open. */
function asText(result, values) {
  const language = values.lang ?? 'zh';
  const say = (it) => it[language];
  const indented = (items) => items.map((it) => `  ${say(it)}`);
  const block = (heading, lines) => (lines.length === 0 ? [] : ['', say(words(heading)), ...lines]);
  return [
    ...(values.lang ? [] : [result.verdict.en]),
    '',
    ...result.checks.flatMap((check) => [
      `${MARKS.get(check.ok)} ${say(check)}`,
      ...faultsOf(result, check, say),
    ]),
    ...block('heading-figures', indented(result.checks.length > 0 ? figuresTold(result) : [])),
    ...block('heading-event', indented(result.event ? [result.event] : [])),
    ...block('heading-warnings', indented(result.warnings)),
    ...block('heading-not-checked', indented(result.notChecked)),
    ...(values['save-checkpoint'] || result.exit !== 0 ? [] : ['', result.checkpoint]),
  ].reduce((text, line) => `${text}\n${line}`, say(result.verdict));
}

function faultsOf({ faults }, { check, faults: count }, say) {
  const ours = faults.filter((it) => it.check === check);
  const lines = ours.flatMap((it) => [
    `    ${say(it)}`,
    ...(it.events ?? []).map((event) => `      ${say(event)}`),
  ]);
  return count > ours.length ? [...lines, `    ${say(words('more', { count }))}`] : lines;
}

const nodeTools = { sha256, ed25519 };

export {
  MOVES,
  TAKES_BACK,
  canonical,
  headsAt,
  nodeTools,
  openNote,
  readKey,
  readNote,
  SENTENCES,
  sha256Here,
  verify,
};

const isCommand =
  process.argv[1] && fs.realpathSync(process.argv[1]) === fileURLToPath(import.meta.url);
if (isCommand) process.exitCode = await main(process.argv.slice(2));
