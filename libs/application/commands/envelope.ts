import type { CommandOutcome } from '#event-store/handle-command';
import type { CommandContext } from '#ledger/context';
import type { LedgerCommand } from '#ledger/ledger-events';
import type { Refusal } from '#ledger/refusals';
import type { ClockDoubt } from '#presentation/clock-doubt-sentence';
import type { Halt } from '#projections/engine/generation';
import type { KeyedRequest } from './keys-in-use.ts';

/** Everything about a command but its verb: the ledger itself adds when it was recorded, and the places. */
export interface CommandEnvelope extends Omit<CommandContext, 'recordedAt' | 'places'> {
  /** Only if the stream stands at this revision. */
  readonly ifRevision?: bigint;
  /** What was asked for with a key; absent where ids follow from something else, such as a plan. */
  readonly key?: KeyedRequest & { readonly former: FormerCommand };
}

/** A command as a release asked for it whose ids followed from the key alone. */
export interface FormerCommand {
  readonly command: LedgerCommand;
  readonly commandId: string;
}

export type LedgerOutcome =
  | (CommandOutcome<Refusal> & {
      /** The command was answered before, under the id that an earlier release gave it. */
      readonly isOfFormerId?: true;
    })
  | Halted
  | ClockDoubted;

/** The clock may not date what was asked for, so nothing was carried out. */
export interface ClockDoubted {
  readonly kind: 'clock-doubted';
  readonly doubt: ClockDoubt;
}

/** A view of this ledger halted, so nothing that was asked for was carried out, and nothing is recorded. */
export interface Halted {
  readonly kind: 'halted';
  readonly view: string;
  readonly halt: Halt;
}

export type Execute = (command: LedgerCommand, asked: CommandEnvelope) => Promise<LedgerOutcome>;
