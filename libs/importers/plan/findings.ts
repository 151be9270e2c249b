import type { Plan, PlanFault, Question } from './plan.ts';

/** A sentence in both languages. */
export interface Remark {
  readonly zh: string;
  readonly en: string;
}

/** What checks find: faults, and questions, which are faults until the plan answers them. */
export interface Findings {
  readonly faults: readonly PlanFault[];
  /** What the preview says beside the figures. */
  readonly remarks: readonly Remark[];
  readonly fault: (at: string, zh: string, en: string) => void;
  readonly ask: (question: Question, at: string, zh: string, en: string) => void;
  readonly remark: (zh: string, en: string) => void;
  /** Where the plan is sound otherwise, an answer to what is not asked is a fault. */
  readonly finish: () => void;
}

export const createFindings = ({ confirmed = [] }: Plan): Findings => {
  const faults: PlanFault[] = [];
  const remarks: Remark[] = [];
  const asked = new Set<string>();
  const fault = (at: string, zh: string, en: string) => void faults.push({ at, zh, en });
  return {
    faults,
    remarks,
    fault,
    remark: (zh, en) => void remarks.push({ zh, en }),
    ask: (question, at, zh, en) => {
      asked.add(nameOf(question));
      const isAnswered = confirmed.some((one) => nameOf(one) === nameOf(question));
      if (isAnswered) remarks.push({ zh: `已确认:${zh}`, en: `Confirmed: ${en}` });
      else fault(at, `${zh}${howZh(question)}`, `${en} ${howEn(question)}`);
    },
    finish: () => {
      if (faults.length > 0) return;
      confirmed.forEach((one, index) => {
        // The notice may have been recorded since it was asked about.
        if (one.question === 'otherNotice' || asked.has(nameOf(one))) return;
        const en = `There is no such question: ${nameOf(one)}.`;
        fault(`/confirmed/${index}`, `没有这样的疑问:${nameOf(one)}。`, en);
      });
    },
  };
};

const nameOf = ({ question, of }: Question): string => `${question},${of}`;

const howZh = (asked: Question): string =>
  `如果确实如此,在 CSV 里加一行 confirmed,${nameOf(asked)}(JSON 的 confirmed 里加 ${JSON.stringify(asked)})。`;

const howEn = (asked: Question): string =>
  `If it is so, add the line confirmed,${nameOf(asked)} to the CSV (in JSON, ${JSON.stringify(asked)} to confirmed).`;
