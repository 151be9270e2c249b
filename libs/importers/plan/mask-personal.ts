import { masked, personalNumberIn } from '#ledger/personal-number';
import type { Findings } from './findings.ts';
import type { Plan, PlanAnnex, PlanRow } from './plan.ts';

/**
 * The plan with numbers of identity cards, mobiles and bank cards starred in its texts: a paper may print
 * them, and the ledger holds no data of persons. The preview says of each text that it was starred.
 */
export const maskPersonal = (plan: Plan, { remark }: Findings): Plan => {
  const mask = (text: string, zh: string, en: string): string => {
    if (personalNumberIn(text) === undefined) return text;
    const starred = masked(text);
    remark(
      `${zh}里有个人号码,已遮盖为“${starred}”。`,
      `${en} held a personal number; it reads “${starred}”.`,
    );
    return starred;
  };
  const row = ({ annex }: PlanAnnex, printed: PlanRow): PlanRow => {
    const { project, implementer, scale } = printed;
    const at = [
      `附件 ${annex} 第 ${printed.row} 行`,
      `Annex ${annex}, row ${printed.row},`,
    ] as const;
    return {
      ...printed,
      ...(project === undefined ? {} : { project: mask(project, ...at) }),
      ...(implementer === undefined ? {} : { implementer: mask(implementer, ...at) }),
      ...(scale === undefined ? {} : { scale: mask(scale, ...at) }),
    };
  };
  const { notice, annexes } = plan;
  return {
    ...plan,
    notice: { ...notice, title: mask(notice.title, '文件标题', 'The title') },
    annexes: annexes.map((annex) => ({
      ...annex,
      title: mask(annex.title, `附件 ${annex.annex} 的标题`, `The title of annex ${annex.annex}`),
      rows: annex.rows.map((printed) => row(annex, printed)),
    })),
  };
};
