import { commandIdOf } from '#event-codec/ids';
import type { EventStore } from '#event-store/port';
import { streamOf } from '#ledger/commands';
import type { LedgerCommand } from '#ledger/ledger-events';
import { importPlan, type ImportTarget } from '../plan/import-plan.ts';
import { NOTHING_KNOWN } from '../plan/known-ledger.ts';
import { wellFormed } from '../plan/plan.ts';
import { planImport } from '../plan/plan-commands.ts';
import { DEMO_CLERK, illustrativeYear } from './illustrative-year.ts';
import { REFERENCE_PLAN } from './reference-notice.ts';

/** The one refusal of the demo: an attempt to spend beyond what had arrived. */
const MEANT_TO_BE_REFUSED = 'amount-exceeds-arrived-funds';

/**
 * Loads the reference notice and the illustrative year; loading them again records nothing more.
 * `onDay` hears the business day of what comes next, so that a clock may follow it.
 */
export const loadDemo = async (
  target: ImportTarget,
  onDay: (day: string) => void,
): Promise<void> => {
  const planned = planImport(wellFormed(REFERENCE_PLAN), NOTHING_KNOWN);
  if (planned.kind === 'faulty') {
    throw new Error(`The reference notice is faulty: ${JSON.stringify(planned.faults)}`);
  }
  onDay(REFERENCE_PLAN.notice.date);
  const imported = await importPlan(planned.value, target, DEMO_CLERK);
  if (imported.kind !== 'imported') {
    throw new Error(`The reference notice could not be imported: ${JSON.stringify(imported)}`);
  }
  const { noticeId } = planned.value.notice;
  let number = 0;
  for (const { on, actor, command } of illustrativeYear(noticeId)) {
    const commandId = commandIdOf('demo', `${number}`);
    // A pair of adjustments was two steps in earlier releases: the ids of all others stay.
    number += command.type === 'ApproveAdjustment' ? 2 : 1;
    if (await isRecordedAsPair(target.store, commandId, command)) continue;
    onDay(on);
    const asked = { commandId, actor, occurredOn: on, correlationId: commandIdOf('illustrative') };
    const answer = await target.execute(command, asked);
    const fits =
      answer.kind === 'happened' ||
      answer.kind === 'repeated' ||
      (answer.kind === 'refused' && answer.refusal.code === MEANT_TO_BE_REFUSED);
    if (!fits)
      throw new Error(`The step before ${number} (${command.type}) of the demo: ${answer.kind}.`);
    if (command.type === 'ApproveAdjustment') await target.carryOut(streamOf(command));
  }
};

/** A demo of an earlier release has the pair, under the same id and without a document. */
const isRecordedAsPair = async (
  store: EventStore,
  commandId: string,
  command: LedgerCommand,
): Promise<boolean> => {
  if (command.type !== 'ApproveAdjustment') return false;
  for (const { allocationId } of command.data.legs) {
    for await (const { id } of store.readStream(`fund-${allocationId}`)) {
      if (id === commandId) return true;
    }
  }
  return false;
};
