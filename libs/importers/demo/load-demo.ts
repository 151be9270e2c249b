import { commandIdOf } from '#event-codec/ids';
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
  for (const [index, { on, actor, command }] of illustrativeYear(noticeId).entries()) {
    const commandId = commandIdOf('demo', `${index}`);
    onDay(on);
    const asked = { commandId, actor, occurredOn: on, correlationId: commandIdOf('illustrative') };
    const answer = await target.execute(command, asked);
    const fits =
      answer.kind === 'happened' ||
      answer.kind === 'repeated' ||
      (answer.kind === 'refused' && answer.refusal.code === MEANT_TO_BE_REFUSED);
    if (!fits) throw new Error(`Step ${index} (${command.type}) of the demo: ${answer.kind}.`);
  }
};
