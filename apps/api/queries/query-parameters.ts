import { isBusinessDate } from '#ledger/calendar';
import { today } from './entity-tag.ts';
import { faulty, type Fault } from '../problems/problem.ts';

type Query = Readonly<Record<string, unknown>>;

/** What every query takes besides its own: a position to wait for, and a point in the past. */
const EVERYWHERE = ['waitFor', 'asOf', 'knownAt', 'position'];

/** Reads query parameters, and refuses all faulty and, where it is told which are known, all unknown ones at once. */
export const readQuery = <Answer>(
  query: unknown,
  known: readonly string[] | undefined,
  read: (parameters: QueryReader) => Answer,
): Answer => {
  const faults: Fault[] = [];
  // Fastify gives an object of texts, or of lists where a name stands twice.
  const given = query as Query;
  for (const name of Object.keys(given)) {
    if (known !== undefined && !known.includes(name) && !EVERYWHERE.includes(name)) {
      faults.push({
        pointer: name,
        detail: `没有参数 ${name}`,
        detailEn: `There is no parameter ${name}`,
      });
    }
  }
  const answer = read(createReader(given, faults));
  if (faults.length > 0) throw faulty(faults);
  return answer;
};

export interface QueryReader {
  text(name: string): string | undefined;
  wholeNumber(name: string): number | undefined;
  /** Absent, it is the other one given, or today. */
  date(name: string, otherwise?: string): string;
  /** The day of a parameter that has two names, or today; both with different days is a fault. */
  dayOfEither(name: string, otherName: string): string;
  oneOf<Choice extends string>(name: string, choices: readonly Choice[]): Choice | undefined;
}

const createReader = (query: Query, faults: Fault[]): QueryReader => {
  const text = (name: string): string | undefined => {
    const value = query[name];
    if (value === undefined || typeof value === 'string') return value;
    faults.push({ pointer: name, detail: '只能写一次', detailEn: 'It may stand only once' });
    return undefined;
  };
  const date = (name: string, otherwise?: string): string => {
    const value = text(name) ?? otherwise ?? today();
    if (!isBusinessDate(value)) {
      faults.push({
        pointer: name,
        detail: '须是存在的日期',
        detailEn: 'A day that exists is required',
      });
    }
    return value;
  };
  return {
    text,
    wholeNumber: (name) => {
      const value = text(name);
      if (value === undefined || /^\d{1,15}$/.test(value))
        return value === undefined ? value : Number(value);
      faults.push({ pointer: name, detail: '须是整数', detailEn: 'A whole number is required' });
      return undefined;
    },
    date,
    dayOfEither: (name, otherName) => {
      const [one, other] = [text(name), text(otherName)];
      if (one !== undefined && other !== undefined && one !== other) {
        faults.push({
          pointer: name,
          detail: `和 ${otherName} 是一个意思,只能写一个日期`,
          detailEn: `It means the same as ${otherName}; give one day`,
        });
      }
      return date(name, other);
    },
    oneOf: (name, choices) => {
      const value = text(name);
      const choice = choices.find((one) => one === value);
      if (value !== undefined && choice === undefined) {
        const listed = choices.join(', ');
        faults.push({ pointer: name, detail: `须是 ${listed} 之一`, detailEn: `One of ${listed}` });
      }
      return choice;
    },
  };
};

/** The given fields that have a value, for options that must be absent rather than undefined. */
export const present = <Fields extends object>(
  fields: Fields,
): { [Key in keyof Fields]?: Exclude<Fields[Key], undefined> } =>
  // Only undefined values are left out.
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Key in keyof Fields]?: Exclude<Fields[Key], undefined>;
  };
