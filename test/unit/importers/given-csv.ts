import { NOTHING_KNOWN, type KnownLedger } from '#importers/plan/known-ledger';
import { planImport } from '#importers/plan/plan-commands';
import { readPlan } from '#importers/plan/read-plan';

/** A plan of two rows, 30 万元 and 12.5 万元, at lines 13 and 14, beneath annex 1 at line 12. */
export const GIVEN = [
  'notice,issuer,柳县农业农村局',
  'notice,documentNumber,柳农发〔2024〕9号',
  'notice,title,关于下达衔接资金的通知',
  'notice,date,2024-05-08',
  'notice,programme,transition',
  'notice,fiscalYear,2024',
  'notice,batch,2024年第二批',
  'notice,fundingLevel,county',
  'place,柳县,,,140621000000',
  'place,柳县,北关镇,,',
  'place,柳县,北关镇,前营村,',
  'annex,1,项目表,万元,42.5',
  'row,1,1,柳县,北关镇,前营村,30,水渠,基础设施,前营合作社,,',
  'row,1,2,柳县,北关镇,前营村,12.5,大棚,产业发展,前营合作社,,',
] as const;

/** The given plan with some lines in place of others, counted from 1; a list takes the place of one. */
export const withLines = (changes: Readonly<Record<number, string | readonly string[]>>): string =>
  GIVEN.flatMap((line, index) => changes[index + 1] ?? line).join('\n');

export const planOf = (text: string, known: KnownLedger = NOTHING_KNOWN) =>
  planImport(readPlan('plan.csv', Buffer.from(text)), known);

/** Places of the faults, in their order; none where the plan is a good one. */
export const faultsOf = (text: string, known?: KnownLedger): readonly string[] => {
  const plan = planOf(text, known);
  return plan.kind === 'faulty' ? plan.faults.map(({ at }) => at) : [];
};

/** What the faults say in Chinese. */
export const sentencesOf = (text: string, known?: KnownLedger): string => {
  const plan = planOf(text, known);
  return plan.kind === 'faulty' ? plan.faults.map(({ zh }) => zh).join('\n') : '';
};

/** Amounts in fen, row by row; throws where the plan is faulty. */
export const amountsOf = (text: string): readonly bigint[] => noticeOf(text).amounts;

/** The notice that a plan comes to; throws where the plan is faulty. */
export const noticeOf = (text: string, known?: KnownLedger) => {
  const plan = planOf(text, known);
  if (plan.kind === 'faulty') throw new Error(plan.faults.map(({ at, en }) => at + en).join('\n'));
  const { notice, places, remarks } = plan.value;
  const lines = notice.annexes.flatMap((annex) => annex.lines);
  return { notice, places, remarks, amounts: lines.map(({ amountFen }) => amountFen) };
};
