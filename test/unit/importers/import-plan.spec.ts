import { describe, expect, test } from '@jest/globals';
import { createExecutor } from '#application/commands/execute';
import { allocationStep } from '#application/work/notice-work';
import { createWorker } from '#application/work/worker';
import { noticeIdOf } from '#event-codec/ids';
import { openMemoryStore } from '#event-store/memory-store';
import { importPlan, type ImportTarget } from '#importers/plan/import-plan';
import type { KnownLedger } from '#importers/plan/known-ledger';
import { issueOf, type PlannedCommand } from '#importers/plan/notice-commands';
import type { PlannedImport } from '#importers/plan/plan-commands';
import { noPlaces } from '#ledger/place/known-places';
import type { NoticeToIssue } from '#ledger/notice/notice-commands';
import type { NumberedNotice } from '#ledger/notice/notice-identity';
import { clerk } from '../ledger/given.ts';
import { GIVEN, faultsOf, planOf, withLines } from './given-csv.ts';

const planned = (text: string, known?: KnownLedger): PlannedImport => {
  const plan = planOf(text, known);
  if (plan.kind === 'faulty') throw new Error(plan.faults.map(({ en }) => en).join('\n'));
  return plan.value;
};

/** An empty ledger, what an import asks of it, and what it has recorded. */
const ledger = () => {
  const store = openMemoryStore();
  const execute = createExecutor(store, () => '2024-06-01T00:00:00.000Z');
  const target: ImportTarget = { store, execute, carryOut: createWorker(store, execute) };
  const known: KnownLedger & { readonly notices: NumberedNotice[] } = {
    place: () => ({ divisionCode: '140621000000' }),
    notices: [],
    places: noPlaces(),
  };
  const record = async (plan: PlannedImport) => {
    const outcome = await importPlan(plan, target, clerk);
    knowNotice(plan.notice);
    return outcome;
  };
  const knowNotice = ({ noticeId, issuer, documentNumber: { raw, normalised } }: NoticeToIssue) =>
    known.notices.push({
      ...{ noticeId, issuer, documentNumber: normalised ?? raw },
      ...{ edition: 1, isWithdrawn: false },
    });
  /** What an import that was cut short has recorded. */
  const recordOnly = async (...commands: readonly PlannedCommand[]) => {
    for (const { command, ...asked } of commands)
      await execute(command, { ...asked, actor: clerk });
  };
  return { known, knowNotice, record, recordOnly, head: () => store.head() };
};

const number = (text: string) => withLines({ 2: `notice,documentNumber,${text}` });

describe('a notice that is imported again', () => {
  test.each([
    ['with wide brackets', number('柳农发\uFF3B2024\uFF3D9号')],
    ['with wide digits and 號', number('柳农发〔２０２４〕９號')],
    ['with a mark that cannot be seen', number('柳农发\u200B〔2024〕9号')],
    ['under the full name of its issuer', withLines({ 1: 'notice,issuer,松省柏市柳县农业农村局' })],
    ['with its place copied from a PDF', withLines({ 14: GIVEN[13].replace('大棚', '⼤棚') })],
  ])('%s is the one that is recorded', async (_how, text) => {
    const { known, record, head } = ledger();
    expect(await record(planned(GIVEN.join('\n')))).toMatchObject({
      kind: 'imported',
      repeated: 0,
    });
    const before = await head();
    expect(await record(planned(text, known))).toMatchObject({ kind: 'imported', recorded: 0 });
    expect(await head()).toBe(before);
  });

  test('is found under the id that an earlier release gave to its spelling, and completed there', async () => {
    const { known, knowNotice, record, recordOnly, head } = ledger();
    const spelled = '柳农发\uFF3B2024\uFF3D9号';
    const plan = planned(number(spelled));
    const { issuer } = plan.notice;
    const old = {
      ...plan.notice,
      noticeId: noticeIdOf(issuer, spelled),
      documentNumber: { raw: spelled },
    };
    const day = plan.issue.occurredOn;
    const [annex] = old.annexes;
    const [first] = annex?.lines ?? [];
    if (annex === undefined || first === undefined) throw new Error('Two rows are given.');
    await recordOnly(...plan.places, issueOf(old, day), {
      ...allocationStep(old, annex.annex, first),
      occurredOn: day,
    });
    knowNotice(old);
    const before = await head();
    expect(await record(planned(GIVEN.join('\n'), known))).toMatchObject({ recorded: 1 });
    expect(await head()).toBe((before ?? -1n) + 1n);
    expect(await record(planned(GIVEN.join('\n'), known))).toMatchObject({ recorded: 0 });
  });

  test('with another amount under another spelling is a conflict, and changes nothing', async () => {
    const { known, record, head } = ledger();
    await record(planned(GIVEN.join('\n')));
    const before = await head();
    const text = number('柳农发[2024]9号').replace(',42.5', ',43.5').replace(',30,', ',31,');
    const outcome = await record(planned(text, known));
    expect(outcome).toMatchObject({
      kind: 'conflict',
      differences: [{ zh: expect.stringContaining('30 万元') }],
    });
    expect(await head()).toBe(before);
  });

  test('without a row that is recorded is a conflict that names the row', async () => {
    const { known, record } = ledger();
    await record(planned(GIVEN.join('\n')));
    const outcome = await record(
      planned(withLines({ 12: 'annex,1,项目表,万元,30', 14: [] }), known),
    );
    expect(outcome).toMatchObject({
      kind: 'conflict',
      differences: [{ en: expect.stringContaining('1/2') }],
    });
  });

  test('by another issuer with the same number is asked about, and recorded once confirmed', async () => {
    const { known, record } = ledger();
    await record(planned(GIVEN.join('\n')));
    const other = withLines({ 1: 'notice,issuer,柳县财政局' });
    expect(faultsOf(other, known)).toEqual(['行 2 列 C']);
    const confirmed = `${other}\nconfirmed,otherNotice,notice`;
    expect(await record(planned(confirmed, known))).toMatchObject({ kind: 'imported' });
    expect(await record(planned(confirmed, known))).toMatchObject({ recorded: 0 });
  });
});
