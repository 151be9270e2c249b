import type { Announcement } from '#ledger/announcement/announcement-events';
import type { Notice } from '#ledger/notice/notice-events';
import type { Parameter } from '#ledger/parameter/parameter-events';
import type { PayeeIdentity } from '#ledger/payee/payee-events';
import type { PlaceRegistration } from '#ledger/place/place-events';
import { allocationId, yuan } from './fund-examples.ts';

export const county: PlaceRegistration = {
  placeId: 'shuocheng',
  level: 'county',
  name: '朔城区',
  divisionCode: '140602000000',
  validFrom: '2024-01-01',
};

export const village: PlaceRegistration = {
  placeId: 'xincun',
  level: 'village',
  name: '辛村',
  parentId: 'jiazhuang',
  validFrom: '2024-01-01',
};
const { placeId } = village;
export const villageRegistered = { type: 'PlaceRegistered', data: village } as const;
export const villageMerged = {
  type: 'PlaceMerged',
  data: { placeId, intoPlaceId: 'beicao' },
} as const;

export const enterprise: PayeeIdentity = {
  payeeId: 'qinghonglv',
  kind: 'enterprise',
  name: '青红绿农牧',
};
export const payeeRegistered = { type: 'PayeeRegistered', data: enterprise } as const;

export const line = {
  row: 1,
  placeId,
  placeText: '贾庄乡辛村',
  amountFen: yuan(50_000),
  stated: { text: '5', unit: '万元' },
} as const;
export const notice: Notice = {
  noticeId: 'notice-2024-2',
  edition: 1,
  title: '第一批市级衔接资金项目计划',
  documentNumber: { raw: '朔区脱贫巩固组〔2024〕2 号' },
  issuer: '领导小组',
  basis: [],
  programme: 'transition',
  fiscalYear: 2024,
  batch: '1',
  fundingLevel: 'municipal',
  annexes: [{ annex: '1', title: '联系点', statedTotalFen: yuan(50_000), lines: [line] }],
};
export const noticeIssued = { type: 'NoticeIssued', data: notice } as const;
export const noticeWithdrawal = { noticeId: notice.noticeId, reason: '重复下达' };
export const noticeWithdrawn = {
  type: 'NoticeWithdrawn',
  data: { ...noticeWithdrawal, voids: [] },
} as const;

export const announcement: Announcement = {
  announcementId: 'board-1',
  stage: 'plan',
  allocationIds: [allocationId],
  placeId,
  level: 'village',
  medium: '村务公开栏',
  from: '2024-05-06',
  plannedUntil: '2024-05-17',
  dayCount: 'calendar',
  contentSha256: 'a'.repeat(64),
};
const { announcementId } = announcement;
export const posted = { type: 'AnnouncementPosted', data: announcement } as const;
export const ended = { type: 'AnnouncementEnded', data: { announcementId } } as const;
export const announcementWithdrawal = { announcementId, reason: '内容有误' };
export const takenDown = { type: 'AnnouncementWithdrawn', data: announcementWithdrawal } as const;
export const objection = { announcementId, objectionId: 'o-1', matter: '面积不符' };
export const raised = { type: 'ObjectionRaised', data: objection } as const;
export const answer = { announcementId, objectionId: 'o-1', answer: '已复核' };
export const answered = { type: 'ObjectionAnswered', data: answer } as const;

export const parameter: Parameter = {
  parameterId: 'announcement-minimum-days',
  value: { kind: 'integer', integer: 10 },
  validFrom: '2018-10-01',
  source: '国开办发〔2018〕11号第四条',
};
