import { EVENT_TABLE } from '#ledger/event-table';
import type { EventType } from '#ledger/event-types';
import { REMEDIES } from '#ledger/remedies';
import type { Sentence } from './event-sentence.ts';

/** What to do about an entry that no command takes back: what is recorded in its place. */
export const remedySentence = (type: EventType): Sentence => {
  const remedy = REMEDIES[type];
  const { zh } = EVENT_TABLE[type];
  if (remedy.kind === 'stands') return { zh: remedy.zh, en: remedy.en };
  const by = EVENT_TABLE[remedy.by].zh;
  return {
    zh: `“${zh}”不作冲销;如有误,请另记一笔“${by}”。`,
    en: `${type} is not taken back; where it is wrong, record ${remedy.by}, with ${remedy.command}.`,
  };
};
