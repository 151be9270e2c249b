import type { AdjustmentLeg } from '#ledger/adjustment/adjustment-events';
import { isBusinessDate, type BusinessDate } from '#ledger/calendar';
import type { PlanFault, Read } from '../plan/plan.ts';
import { readLegs, type GivenLeg, type LegReading } from './read-legs.ts';

/** An adjustment document as it was read, before it has an id. */
export interface AdjustmentPlan {
  readonly approval: string;
  readonly decidedOn: BusinessDate;
  readonly occurredOn: BusinessDate;
  readonly legs: readonly AdjustmentLeg[];
}

const FIELDS = ['approval', 'decidedOn', 'occurredOn', 'legs'];
const LEG_FIELDS = {
  ordinal: 'ordinal',
  allocationId: 'allocation',
  line: 'line',
  direction: 'direction',
  account: 'account',
  amount: 'amount',
  unit: 'unit',
  fundingSource: 'fundingSource',
} as const satisfies Record<string, keyof GivenLeg>;

const NAME_OF = Object.fromEntries(
  Object.entries(LEG_FIELDS).map(([name, field]) => [field, name]),
) as Readonly<Record<keyof GivenLeg, string>>;

/**
 * Reads an adjustment document from JSON; every fault at once, at its JSON pointer. `decidedOn` and
 * `occurredOn` are each the other's where only one is given, and `today` where neither is.
 */
export const readAdjustment = (
  value: unknown,
  reading: Pick<LegReading, 'find' | 'allocationOfLine'>,
  today?: BusinessDate,
): Read<AdjustmentPlan> => {
  if (!isObject(value)) {
    const zh = '须是一个 JSON 对象。';
    return { kind: 'faulty', faults: [{ at: '', zh, en: 'It must be a JSON object.' }] };
  }
  const faults: PlanFault[] = [];
  const fault = (at: string, zh: string, en: string) => void faults.push({ at, zh, en });
  unknownFields(value, FIELDS, '', fault);
  const { approval, decidedOn, occurredOn, legs } = value;
  if (typeof approval !== 'string' || approval.trim() === '' || approval.length > 500) {
    fault('/approval', '须写批准文号', 'The number of the document that approved it is required');
  }
  const decided = readDay(decidedOn ?? occurredOn ?? today, '/decidedOn', fault);
  const occurred = readDay(occurredOn ?? decidedOn ?? today, '/occurredOn', fault);
  const given = givenLegs(legs, fault);
  const at = (leg: number, field: keyof GivenLeg) => `/legs/${leg}/${NAME_OF[field]}`;
  const read = readLegs(given, { ...reading, at });
  if (read.kind === 'faulty') faults.push(...read.faults);
  if (faults.length > 0 || read.kind === 'faulty') return { kind: 'faulty', faults };
  return {
    kind: 'read',
    value: {
      approval: String(approval),
      decidedOn: decided,
      occurredOn: occurred,
      legs: read.value,
    },
  };
};

type SayFault = (at: string, zh: string, en: string) => void;

/** A day that does not exist has its fault and reads as it stands. */
const readDay = (value: unknown, at: string, fault: SayFault): BusinessDate => {
  const day = typeof value === 'string' ? value : '';
  if (!isBusinessDate(day)) {
    fault(at, '不是存在的日期(YYYY-MM-DD)', 'This is no day that exists (YYYY-MM-DD)');
  }
  return day;
};

const givenLegs = (legs: unknown, fault: SayFault): readonly GivenLeg[] => {
  if (!Array.isArray(legs) || legs.length === 0) {
    fault('/legs', '须列出各笔', 'The legs are required');
    return [];
  }
  return legs.map((leg: unknown, index): GivenLeg => {
    if (!isObject(leg)) {
      fault(`/legs/${index}`, '须是一个 JSON 对象', 'It must be a JSON object');
      return {};
    }
    unknownFields(leg, Object.keys(LEG_FIELDS), `/legs/${index}`, fault);
    return Object.fromEntries(
      Object.entries(LEG_FIELDS).map(([name, field]) => [field, leg[name]]),
    );
  });
};

const unknownFields = (
  value: Readonly<Record<string, unknown>>,
  known: readonly string[],
  at: string,
  fault: SayFault,
): void => {
  for (const name of Object.keys(value)) {
    if (known.includes(name)) continue;
    const pointer = name.replaceAll('~', '~0').replaceAll('/', '~1');
    fault(`${at}/${pointer}`, `没有“${name}”这一项`, `There is no field “${name}”`);
  }
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);
