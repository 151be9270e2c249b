import type { Decider } from '../decision.ts';
import { decide } from './decide.ts';
import { evolve } from './evolve.ts';
import type { NoticeCommand } from './notice-commands.ts';
import type { NoticeEvent } from './notice-events.ts';
import { noNotice, type NoticeState } from './notice-state.ts';

/** `notice-<id>`. */
export const noticeDecider: Decider<NoticeCommand, NoticeState, NoticeEvent> = {
  initialState: noNotice,
  decide,
  evolve,
};
