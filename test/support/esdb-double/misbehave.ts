import type { EsdbDouble } from './double.ts';
import { WELL_BEHAVED, type Behaviour } from './misbehaviour.ts';

const APPENDS_BETWEEN_FAULTS = 150;
const REQUESTS_A_FAULT = 12;

export const behave = (double: EsdbDouble, change: Partial<Behaviour>) =>
  Object.assign(double.behaviour, WELL_BEHAVED, change);

/** What goes wrong in turn; each is over after so many requests more. */
const FAULTS: readonly ((double: EsdbDouble, round: number) => void)[] = [
  (double) => behave(double, { appends: 'ignored', reads: 'silent', subscriptions: 'silent' }),
  (double) => void double.restart(),
  (double) => double.dropCalls(),
  (double, round) => double.lead(round % 3),
  (double) => behave(double, { appends: 'overloaded' }),
  (double) => behave(double, { appends: 'answered late' }),
  (double) => behave(double, { appends: 'timed out', subscriptions: 'silent' }),
  (double, round) => {
    behave(double, { appends: 'answered late', repeats: 'refused' });
    double.lead((round + 1) % 3);
  },
];

/** Goes through the faults by the count of what comes in, whatever the time; says how many there were. */
export const misbehave = (double: EsdbDouble): { readonly faults: () => number } => {
  let appends = 0;
  let faults = 0;
  let left = 0;
  double.heard.subscribe(({ kind }) => {
    if (left > 0 && --left === 0) {
      behave(double, {});
      double.answerLate();
    }
    if (kind !== 'append' || ++appends % APPENDS_BETWEEN_FAULTS > 0) return;
    FAULTS[faults++ % FAULTS.length]?.(double, faults);
    left = REQUESTS_A_FAULT;
  });
  return { faults: () => faults };
};
