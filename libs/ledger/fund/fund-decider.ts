import type { Decider } from '../decision.ts';
import { decide } from './decide.ts';
import { evolve } from './evolve.ts';
import type { FundCommand } from './fund-commands.ts';
import type { FundEvent } from './fund-events.ts';
import { noFund, type FundState } from './fund-state.ts';

/** `fund-<allocationId>`. */
export const fundDecider: Decider<FundCommand, FundState, FundEvent> = {
  initialState: noFund,
  decide,
  evolve,
};
