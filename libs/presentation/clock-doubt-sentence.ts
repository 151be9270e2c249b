import type { Instant } from '#ledger/calendar';
import type { Sentence } from './event-sentence.ts';

/** Why the clock of a machine is not trusted, with what it says and what it is compared with. */
export interface ClockDoubt {
  readonly cause:
    | 'behind-the-log' // more than a minute before the newest event
    | 'jumped' // moved by more than a minute against the time that the process has run
    | 'far-ahead'; // more than 400 days after the newest event, at a start
  readonly now: Instant;
  readonly against: Instant;
}

/** What is odd about the clock, and what to do. */
export const clockDoubtSentence = ({ cause, now, against }: ClockDoubt): Sentence => {
  const [zh, en] = CAUSES[cause];
  return {
    zh: `本机时间 ${now} ${zh} ${against}。请校时(NTP);时间确实无误时,运行 mz clock accept。`,
    en: `The clock of this machine says ${now}, ${en} ${against}. Set it (NTP); where it is right, run mz clock accept.`,
  };
};

const CAUSES = {
  'behind-the-log': ['早于最新事件的记账时刻', 'before the newest event was recorded,'],
  jumped: ['被改动过,按运行时间应为', 'and was changed: by the time run it should say'],
  'far-ahead': [
    '比最新事件晚 400 天以上,最新事件记于',
    'over 400 days after the newest event, recorded at',
  ],
} as const satisfies Record<ClockDoubt['cause'], readonly [string, string]>;
