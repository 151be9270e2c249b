import { isWithin, latestWithin, type AsOf, type Dated } from '../as-of/as-of.ts';
import type { StoredDimensions } from '../postings/dimensions.ts';
import type { History } from '../postings/history.ts';
import { effectOn, type Measure } from './measures.ts';
import { groupingAt, type Group } from './grouping.ts';
import { scopeAt, type Scope } from './scope.ts';

export const DIFFERENCE_DIMENSIONS = [
  'place',
  'town',
  'batch',
  'level',
  'type',
  'allocation',
] as const;
export type DifferenceDimension = (typeof DIFFERENCE_DIMENSIONS)[number];

/** Why a figure changed at an event. */
export type ChangeReason =
  | 'counted' // the event is within the later point only
  | 'uncounted' // it was within the earlier point only
  | 'carried'; // a merger or a classification moved what was there already

export interface Change {
  /** The event: the posting, or the merger or classification that carried it. */
  readonly position: number;
  readonly reason: ChangeReason;
  readonly effectFen: number;
}

/** opening + in − out = closing, and nothing left over. */
export interface DifferenceLine {
  readonly key: string;
  readonly label: string;
  readonly openingFen: number;
  readonly inFen: number;
  readonly outFen: number;
  readonly closingFen: number;
  /** In the order of the log; their effects sum to in − out. */
  readonly changes: readonly Change[];
}

export interface DifferenceQuestion {
  readonly measure: Measure;
  readonly by: DifferenceDimension;
  readonly scope?: Scope;
}

/**
 * What changed between two points, on either axis: postings that only one of them takes in, and
 * money that changed hands because a place was merged or a project classified in between.
 */
export const difference = (
  { dimensions, postings }: Pick<History, 'dimensions' | 'postings'>,
  from: AsOf,
  to: AsOf,
  { measure, by, scope = {} }: DifferenceQuestion,
): { readonly lines: readonly DifferenceLine[]; readonly total: DifferenceLine } => {
  const [before, after] = [groupsAt(dimensions, from, by), groupsAt(dimensions, to, by)];
  const [inBefore, inAfter] = [scopeAt(dimensions, from, scope), scopeAt(dimensions, to, scope)];
  const book = createBook();
  const either = {
    position: Math.max(from.position, to.position),
    day: Math.max(from.day, to.day),
  };
  postings.each(either, (posting) => {
    const effectFen = effectOn(measure, posting);
    if (effectFen === 0) return;
    const { allocation, position } = posting;
    const was = isWithin(posting, from) && inBefore.posting(posting);
    const is = isWithin(posting, to) && inAfter.posting(posting);
    const [wasAt, isAt] = [before(allocation), after(allocation)];
    if (was) book.open(wasAt, effectFen);
    if (was && is && wasAt.key !== isAt.key) {
      const cause = carrierOf(dimensions, allocation, by, from, to);
      book.change(wasAt, { position: cause, reason: 'carried', effectFen: -effectFen });
      book.change(isAt, { position: cause, reason: 'carried', effectFen });
    } else if (is && !was) book.change(isAt, { position, reason: 'counted', effectFen });
    else if (was && !is) {
      book.change(wasAt, { position, reason: 'uncounted', effectFen: -effectFen });
    }
  });
  return book.close();
};

const groupsAt = (dimensions: StoredDimensions, asOf: AsOf, by: DifferenceDimension) => {
  const groupOf = groupingAt(dimensions, asOf, by, (at, place) => at.path(place).join('/'));
  const groups = dimensions.allocations.map(groupOf);
  return (allocation: number): Group => {
    const group = groups[allocation];
    if (group === undefined) throw new Error(`No allocation has the number ${allocation}.`);
    return group;
  };
};

/** The merger or classification that one point takes in and the other does not. */
const carrierOf = (
  dimensions: StoredDimensions,
  allocation: number,
  by: DifferenceDimension,
  from: AsOf,
  to: AsOf,
): number => {
  const fact = dimensions.allocations[allocation];
  if (fact === undefined) throw new Error(`No allocation has the number ${allocation}.`);
  const lists: (readonly Dated<unknown>[])[] = by === 'type' ? [fact.types] : [];
  for (let place: number | undefined = fact.place; by !== 'type' && place !== undefined;) {
    const mergers: readonly Dated<number>[] = dimensions.places[place]?.mergers ?? [];
    lists.push(mergers);
    place = (latestWithin(mergers, from) ?? latestWithin(mergers, to))?.value;
  }
  for (const said of lists) {
    const [was, is] = [latestWithin(said, from), latestWithin(said, to)];
    if (was?.position !== is?.position) return Math.max(was?.position ?? 0, is?.position ?? 0);
  }
  throw new Error(`Nothing carried allocation ${fact.allocationId}, and yet it was.`);
};

interface OpenLine extends Group {
  openingFen: number;
  inFen: number;
  outFen: number;
  readonly changes: Map<string, Change>;
}

/** Lines under their keys, while the postings go by. */
const createBook = () => {
  const lines = new Map<string, OpenLine>();
  const lineOf = ({ key, label }: Group): OpenLine => {
    const known = lines.get(key);
    if (known !== undefined) return known;
    const line = { key, label, openingFen: 0, inFen: 0, outFen: 0, changes: new Map() };
    lines.set(key, line);
    return line;
  };
  const total = { key: 'total', label: '合计', openingFen: 0, inFen: 0, outFen: 0 };
  const closed = (line: Omit<OpenLine, 'changes'>, changes: readonly Change[]): DifferenceLine => ({
    ...line,
    changes,
    closingFen: exact(line.openingFen + line.inFen - line.outFen),
  });
  return {
    open: (at: Group, effectFen: number): void => {
      lineOf(at).openingFen += effectFen;
      total.openingFen += effectFen;
    },
    change: (at: Group, { position, reason, effectFen }: Change): void => {
      const line = lineOf(at);
      if (effectFen > 0) line.inFen += effectFen;
      else line.outFen -= effectFen;
      const name = `${position} ${reason}`;
      const sumFen = (line.changes.get(name)?.effectFen ?? 0) + effectFen;
      line.changes.set(name, { position, reason, effectFen: sumFen });
      if (reason === 'carried') return;
      if (effectFen > 0) total.inFen += effectFen;
      else total.outFen -= effectFen;
    },
    close: () => ({
      lines: [...lines.values()]
        .map((line) => closed(line, inOrder([...line.changes.values()])))
        .sort((left, right) => (left.label < right.label ? -1 : left.label > right.label ? 1 : 0)),
      total: closed(total, []),
    }),
  };
};

const inOrder = (changes: readonly Change[]): readonly Change[] =>
  [...changes].sort((left, right) => left.position - right.position);

const exact = (fen: number): number => {
  if (!Number.isSafeInteger(fen)) throw new Error('A sum is no longer exact.');
  return fen;
};
