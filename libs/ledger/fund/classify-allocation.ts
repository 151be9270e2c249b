import { accept, type Decision } from '../decision.ts';
import type { CommandNamed } from './fund-commands.ts';
import type { FundEvent } from './fund-events.ts';

/** 分类: a later classification replaces an earlier one; both stay in the log with their ground. */
export const classifyAllocation = ({
  data,
}: CommandNamed<'ClassifyAllocation'>): Decision<FundEvent> =>
  accept({ type: 'AllocationClassified', data });
