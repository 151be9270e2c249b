import type { AppendFailure } from '#event-store/port';
import type { CommandType } from '#ledger/commands';
import type { Actor } from '#ledger/context';
import type { Refusal, RefusalCode } from '#ledger/refusals';
import type { FaultyText } from '#ledger/text';
import { obstacleSentence } from '#presentation/command-sentence';
import type { Sentence } from '#presentation/event-sentence';
import { refusalSentence } from '#presentation/refusal-sentence';
import { issuersOf, mayIssue } from '../access/permissions.ts';
import type { LedgerOutcome } from './envelope.ts';

/** The ways in. The ids of commands follow from these words, so they never change. */
export type Entry = 'http' | 'mz';

/** What was asked for, once it is answered: everything is recorded, or why not, as a person reads it. */
export type CommandResult = AllRecorded | NotRecorded;

export interface AllRecorded {
  readonly kind: 'recorded';
  /** One for each command, in order; never empty. */
  readonly recorded: readonly Recorded[];
}

/** One command that happened, now or before. */
export interface Recorded {
  readonly outcome: 'happened' | 'repeated';
  readonly type: CommandType;
  readonly stream: string;
  readonly revision: number;
  readonly position: number;
  /** Ids that a later command names, such as `requestId`. */
  readonly ids: Readonly<Record<string, string>>;
}

/** The command that ended it; those before it, if there were any, are recorded. */
export type NotRecorded = { readonly sentence: Sentence } & (
  | {
      readonly kind: 'refused';
      readonly code: RefusalCode;
      /** Where several texts are wrong: each with its place. */
      readonly faults?: readonly FaultyText[];
    }
  | { readonly kind: 'failed'; readonly code: string; readonly failure: AppendFailure }
  | {
      readonly kind:
        | 'not-permitted'
        | 'conflicting'
        | 'stale'
        | 'raced'
        | 'halted'
        | 'clock-doubted'
        | 'forgotten';
      /** Stable, for programs. */
      readonly code: string;
    }
);

/** Why an actor may not issue a command; undefined when they may. */
export const notPermitted = ({ role }: Actor, command: CommandType): NotRecorded | undefined => {
  if (mayIssue(role, command)) return undefined;
  const kind = 'not-permitted';
  const obstacle = { kind, role, command, roles: issuersOf(command) } as const;
  return { kind, code: CODES[kind], sentence: obstacleSentence(obstacle, '') };
};

/** What stopped a command, the ledger or the vault, with its code and its sentence. */
export const notRecorded = (
  obstacle:
    | Exclude<LedgerOutcome, { readonly kind: 'happened' | 'repeated' }>
    | { readonly kind: 'forgotten'; readonly at: string; readonly by: string },
  entry: Entry,
): NotRecorded => {
  const { keyName, saysWhoErased } = ENTRIES[entry];
  switch (obstacle.kind) {
    case 'refused':
      return refused(obstacle.refusal);
    case 'failed': {
      const { kind, failure } = obstacle;
      return { kind, code: CODES[kind], failure, sentence: obstacleSentence(obstacle, keyName) };
    }
    case 'forgotten': {
      const { kind, at, by } = obstacle;
      const shown = saysWhoErased ? { kind, at, by } : { kind, at };
      return { kind, code: CODES[kind], sentence: obstacleSentence(shown, keyName) };
    }
    case 'conflicting':
    case 'stale':
    case 'raced':
    case 'clock-doubted':
    case 'halted': {
      const { kind } = obstacle;
      return { kind, code: CODES[kind], sentence: obstacleSentence(obstacle, keyName) };
    }
  }
};

const refused = (refusal: Refusal): NotRecorded => ({
  kind: 'refused',
  code: refusal.code,
  ...(refusal.code === 'text-unsound' ? { faults: refusal.faults } : {}),
  sentence: refusalSentence(refusal),
});

const ENTRIES = {
  http: { keyName: 'Idempotency-Key', saysWhoErased: false },
  mz: { keyName: '--key', saysWhoErased: true },
} as const satisfies Record<Entry, { keyName: string; saysWhoErased: boolean }>;

const CODES = {
  'not-permitted': 'role-may-not',
  conflicting: 'same-key-different-content',
  stale: 'revision-has-moved-on',
  raced: 'raced',
  halted: 'view-halted',
  'clock-doubted': 'clock-doubted',
  failed: 'store-unavailable',
  forgotten: 'person-forgotten',
} as const;
