import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { allocationIdOf, noticeIdOf, placeIdOf } from '#event-codec/ids';
import { REFERENCE_PLAN } from '#importers/demo/reference-notice';
import type { Role } from '#ledger/context';
import type { EventType } from '#ledger/event-types';
import { ON, type Entering } from './doors.ts';

/** What is known by the time that the wrong entry is made. */
export interface Scene {
  readonly directory: string;
  readonly payeeId: string;
  /** Of the entries made before the wrong one. */
  readonly ids: Readonly<Record<string, string>>;
}

/** An entry that is made wrongly, after what it needs, and what the journal reads of it and of its reversal. */
export interface Story {
  readonly type: EventType;
  readonly needs?: readonly ((scene: Scene) => Entering)[];
  /** Whether its reversal ends what it needed too, as a rejection ends the request. */
  readonly goesWithNeeds?: true;
  readonly wrong: (scene: Scene) => Entering;
  readonly takenBackAs: EventType;
  readonly takenBackBy: Role;
  /** How the journal links the two; the end of a request or of an objection stands beside it. */
  readonly linkedAs?: 'reversal' | 'withdrawal';
  readonly approval?: string;
  readonly wrongly: readonly [zh: string, en: string];
  readonly back: readonly [zh: string, en: string];
}

export const REASON = '录入有误';
export const APPROVAL = '朔区民发〔2024〕3号';

const NUMBER = '朔区脱贫巩固组〔2024〕2号';
/** A row with a payee and money, and one of which nothing has arrived. */
export const ROW = allocationIdOf(noticeIdOf(REFERENCE_PLAN.notice.issuer, NUMBER), '1', 2);
const at = (...path: readonly string[]) => placeIdOf(['朔城区', ...path]);

const WRONG_NUMBER = '朔区脱贫巩固组〔2024〕92号';
/** A paper of one row that is not of this county. */
const WRONG_PLAN = {
  notice: { ...REFERENCE_PLAN.notice, documentNumber: WRONG_NUMBER, title: '误录的计划' },
  annexes: [
    {
      ...{ annex: '1', title: '计划表', unit: '万元', statedTotal: '3' },
      rows: [{ row: 1, place: ['朔城区', '贾庄乡', '辛村'], amount: '3' }],
    },
  ],
};

const importing = ({ directory }: Scene): Entering => {
  const file = join(directory, 'wrong.json');
  writeFileSync(file, JSON.stringify(WRONG_PLAN));
  return {
    ...{ role: 'clerk', mz: ['import', file, '--commit'], path: 'notices', body: WRONG_PLAN },
  };
};

const milestone = (step: 'start' | 'complete' | 'accept', path: string) => (): Entering => ({
  ...{ role: 'clerk', mz: ['project', step, ROW] },
  path: `allocations/${ROW}/project/${path}`,
});

export const posting = ({ directory }: Scene): Entering => {
  const text = join(directory, 'text.txt');
  writeFileSync(text, '公示');
  return {
    role: 'clerk',
    mz: [
      ...['announce', 'post', ROW, '--stage', 'plan', '--place', '朔城区/贾庄乡/北曹村'],
      ...['--medium', '公开栏', '--until', '2025-01-10', '--text', text],
    ],
    path: 'announcements',
    body: {
      ...{ stage: 'plan', level: 'village', medium: '公开栏', plannedUntil: '2025-01-10' },
      ...{ placeId: at('贾庄乡', '北曹村'), dayCount: 'calendar', allocationIds: [ROW] },
      contentSha256: 'a'.repeat(64),
    },
  };
};

const ending = ({ ids: { announcementId = '' } }: Scene): Entering => ({
  ...{ role: 'clerk', mz: ['announce', 'end', announcementId] },
  path: `announcements/${announcementId}/end`,
});

export const objecting = ({ ids: { announcementId = '' } }: Scene): Entering => ({
  ...{ role: 'clerk', mz: ['announce', 'object', announcementId, '--matter', '面积不符'] },
  ...{ path: `announcements/${announcementId}/objections`, body: { matter: '面积不符' } },
});

export const answering = ({ ids: { announcementId = '', objectionId = '' } }: Scene): Entering => ({
  role: 'clerk',
  mz: ['announce', 'answer', announcementId, objectionId, '--answer', '已复测'],
  path: `announcements/${announcementId}/objections/${objectionId}/answer`,
  body: { answer: '已复测' },
});

const requesting = ({ payeeId }: Scene): Entering => ({
  role: 'clerk',
  mz: ['request', ROW, '100元', '--payee', payeeId, '--purpose', '进度款'],
  path: `allocations/${ROW}/requests`,
  body: {
    ...{ amount: '100', unit: '元', payeeId, from: 'treasury' },
    ...{ stage: 'progress', purpose: '进度款' },
  },
});

const approving = ({ ids: { requestId = '' } }: Scene): Entering => ({
  ...{ role: 'finance', mz: ['approve', requestId] },
  path: `allocations/${ROW}/requests/${requestId}/approval`,
});

const merging = (): Entering => ({
  role: 'administrator',
  mz: ['place', 'merge', '朔城区/贾庄乡/辛村', '朔城区/贾庄乡/长润村'],
  path: `places/${at('贾庄乡', '辛村')}/merger`,
  body: { intoPlaceId: at('贾庄乡', '长润村') },
});

/** The first payee of the demo, registered once more under another name. */
const registeringAgain = (): Entering => ({
  role: 'finance',
  mz: ['payee', 'add', '重复登记的单位', '--kind', 'enterprise'],
  path: 'payees',
  body: { kind: 'enterprise', name: '重复登记的单位' },
});

const mergingPayees = ({ payeeId, ids: { payeeId: again = '' } }: Scene): Entering => ({
  role: 'finance',
  mz: ['payee', 'merge', again, payeeId, '--reason', '同一单位'],
  path: `payees/${again}/merger`,
  body: { intoPayeeId: payeeId, reason: '同一单位' },
});

const by = (wrong: Story['wrong'], needs?: Story['needs']): Pick<Story, 'wrong' | 'needs'> =>
  needs === undefined ? { wrong } : { wrong, needs };

/** Everything that is taken back and is not an amount on a row with money (`money.spec.ts`). */
export const STORIES: readonly Story[] = [
  {
    ...{ type: 'PlaceMerged', takenBackAs: 'PlaceMergerRevoked', takenBackBy: 'administrator' },
    ...{ ...by(merging), approval: APPROVAL },
    linkedAs: 'reversal',
    wrongly: ['地点并入其他地点', 'Place merged into another'],
    back: [
      `撤销地点并入(${APPROVAL}):${REASON}`,
      `Merger of the place revoked (${APPROVAL}): ${REASON}`,
    ],
  },
  {
    ...{ type: 'PayeeMerged', takenBackAs: 'PayeeMergerRevoked', takenBackBy: 'finance' },
    ...by(mergingPayees, [registeringAgain]),
    linkedAs: 'reversal',
    wrongly: ['收款人并入其他收款人:同一单位', 'Payee merged into another: 同一单位'],
    back: [`撤销收款人并入:${REASON}`, `Merger of the payee revoked: ${REASON}`],
  },
  {
    ...{ type: 'NoticeIssued', takenBackAs: 'NoticeWithdrawn', takenBackBy: 'clerk' },
    ...by(importing),
    linkedAs: 'withdrawal',
    wrongly: [`登记资金文件 ${WRONG_NUMBER}`, `Notice ${WRONG_NUMBER} issued`],
    back: [`撤回资金文件:${REASON}`, `Notice withdrawn: ${REASON}`],
  },
  {
    ...{ type: 'FundsAllocated', takenBackAs: 'AllocationVoided', takenBackBy: 'clerk' },
    ...by(importing),
    linkedAs: 'reversal',
    wrongly: ['下达 30,000.00 元', 'Allocated 30,000.00 yuan'],
    back: [`安排作废(${REASON}) 30,000.00 元`, `Allocation voided (${REASON}) 30,000.00 yuan`],
  },
  {
    ...{ type: 'DisbursementApproved', takenBackAs: 'DisbursementRejected' },
    ...{ takenBackBy: 'finance', ...by(approving, [requesting]), goesWithNeeds: true },
    wrongly: ['复核通过,复核人 demo-finance', 'Request approved by demo-finance'],
    back: [`复核退回:${REASON}`, `Request rejected: ${REASON}`],
  },
  {
    ...{ type: 'ProjectCompleted', takenBackAs: 'MilestoneReversed', takenBackBy: 'clerk' },
    ...by(milestone('complete', 'completion'), [milestone('start', 'start')]),
    linkedAs: 'reversal',
    wrongly: ['项目完工', 'Project completed'],
    back: [`撤销完工:${REASON}`, `The project's completion taken back: ${REASON}`],
  },
  {
    ...{ type: 'ProjectAccepted', takenBackAs: 'MilestoneReversed', takenBackBy: 'clerk' },
    ...by(milestone('accept', 'acceptance'), [milestone('complete', 'completion')]),
    linkedAs: 'reversal',
    wrongly: ['项目验收', 'Project accepted'],
    back: [`撤销验收:${REASON}`, `The project's acceptance taken back: ${REASON}`],
  },
  {
    ...{ type: 'ObjectionRaised', takenBackAs: 'ObjectionWithdrawn', takenBackBy: 'clerk' },
    ...by(objecting, [posting]),
    linkedAs: 'withdrawal',
    wrongly: ['提出异议:面积不符', 'Objection raised: 面积不符'],
    back: [`撤回异议:${REASON}`, `Objection withdrawn: ${REASON}`],
  },
  {
    ...{ type: 'ObjectionAnswered', takenBackAs: 'ObjectionAnswerRevoked', takenBackBy: 'clerk' },
    ...by(answering, [posting, objecting]),
    linkedAs: 'reversal',
    wrongly: ['答复异议:已复测', 'Objection answered: 已复测'],
    back: [
      `撤销答复,异议待答复:${REASON}`,
      `Answer taken back, the objection is open again: ${REASON}`,
    ],
  },
  {
    ...{ type: 'AnnouncementEnded', takenBackAs: 'AnnouncementEndRevoked', takenBackBy: 'clerk' },
    ...by(ending, [posting]),
    linkedAs: 'reversal',
    wrongly: ['公示期满', 'Announcement ended'],
    back: [
      `撤销期满,公示继续:${REASON}`,
      `End taken back, the announcement is running still: ${REASON}`,
    ],
  },
  {
    ...{ type: 'AnnouncementPosted', takenBackAs: 'AnnouncementWithdrawn', takenBackBy: 'clerk' },
    ...by(posting),
    linkedAs: 'withdrawal',
    wrongly: [
      `张贴安排公示,${ON} 至 2025-01-10`,
      `Announcement of the plan posted, ${ON} to 2025-01-10`,
    ],
    back: [`撤回公示:${REASON}`, `Announcement withdrawn: ${REASON}`],
  },
];
