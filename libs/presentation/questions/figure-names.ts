import type { Figure } from '#history/questions/explain';
import { MEASURES, type Measure } from '#history/questions/measures';

/** Every figure that can be explained, by the name people know it by. */
export const FIGURE_NAMES = {
  allocatedFen: { zh: '下达', en: 'allocated' },
  issuedFen: { zh: '文件下达', en: 'issued' },
  arrivedFen: { zh: '到账', en: 'arrived' },
  releasedFen: { zh: '核拨', en: 'released' },
  paidFen: { zh: '支付', en: 'paid' },
  returnedFen: { zh: '缴回', en: 'returned' },
  unarrivedFen: { zh: '未到账', en: 'unarrived' },
  treasuryFen: { zh: '国库', en: 'treasury' },
  unitFen: { zh: '单位账户', en: 'unit' },
  onHandFen: { zh: '结存', en: 'onHand' },
  recalledFen: { zh: '收回资金', en: 'recalled' },
  arrivedGrossFen: { zh: '累计到账', en: 'arrived, gross' },
  advancedFen: { zh: '垫付', en: 'advanced' },
  reservedFen: { zh: '占用', en: 'reserved' },
  allocations: { zh: '笔数', en: 'allocations' },
  refusals: { zh: '拒付次数', en: 'refusals' },
} as const satisfies Record<Figure, { readonly zh: string; readonly en: string }>;

// The keys of a literal object are those of its type.
export const FIGURES = Object.keys(FIGURE_NAMES) as readonly Figure[];

/** Names that figures had before. */
const FORMER_NAMES: Readonly<Record<string, Figure>> = { 上缴: 'returnedFen' };

/** The figure a person means: `paidFen`, `paid`, or 支付. */
export const findFigure = (text: string): Figure | undefined =>
  FORMER_NAMES[text] ??
  FIGURES.find((figure) => {
    const { zh, en } = FIGURE_NAMES[figure];
    return text === figure || text === zh || text === en;
  });

/** The same, among the figures that are money in accounts. */
export const findMeasure = (text: string): Measure | undefined => {
  const figure = findFigure(text);
  return MEASURES.find((measure) => measure === figure);
};
