import { EVENT_TABLE } from '#ledger/event-table';
import type { EventType } from '#ledger/event-types';
import { REMEDIES, type FollowingCommand, type Remedy } from '#ledger/remedies';
import type { Sentence } from './event-sentence.ts';

/** What to do about an entry that no reversal takes back: what is recorded in its place, and where. */
export const remedySentence = (type: EventType): Sentence => {
  const remedy: Remedy = REMEDIES[type];
  const { zh } = EVENT_TABLE[type];
  switch (remedy.kind) {
    case 'stands':
      return { zh: remedy.zh, en: remedy.en };
    case 'taken-back':
      return {
        zh: `“${zh}”以“${EVENT_TABLE[remedy.by].zh}”冲销。`,
        en: `${type} is taken back by ${remedy.by}.`,
      };
    case 'followed': {
      const said = OTHERWISE[type];
      if (said !== undefined) return said;
      const [mz, path] = FOLLOWING_AT[remedy.command as FollowingCommand];
      const doors = path === undefined ? [mz] : [mz, `POST ${path}`];
      return {
        zh: `“${zh}”不作冲销;如有误,请另记一笔“${EVENT_TABLE[remedy.by].zh}”(${doors.join(' 或 ')})。`,
        en: `${type} is not taken back; where it is wrong, record ${remedy.by} (${doors.join(' or ')}).`,
      };
    }
  }
};

const OPPOSITE: Sentence = {
  zh: '资金调整不作冲销;如有误,请另记一份方向相反的调整文件(mz adjust 或 POST /api/v1/adjustments)。',
  en: 'An adjustment is not taken back; where it is wrong, record another document with the opposite legs (mz adjust or POST /api/v1/adjustments).',
};

/** Where the next entry is of another kind than the one that is wrong. */
const OTHERWISE: { readonly [Type in EventType]?: Sentence } = {
  AllocationAdjusted: OPPOSITE,
  AdjustmentCompleted: OPPOSITE,
  AdjustmentApproved: {
    zh: '调整文件不作冲销;资金暂未调整的,请撤回(mz adjust-withdraw 或 POST /api/v1/adjustments/{adjustmentId}/withdrawal);已经调整的,请另记一份方向相反的调整文件(mz adjust 或 POST /api/v1/adjustments)。',
    en: 'The approval of an adjustment is not taken back; while its money waits, withdraw it (mz adjust-withdraw or POST /api/v1/adjustments/{adjustmentId}/withdrawal); once it is carried out, record another document with the opposite legs (mz adjust or POST /api/v1/adjustments).',
  },
  AdvanceRepaid: {
    zh: '归还垫付随到账而记;到账有误,请冲回该笔到账(mz reverse 或 POST /api/v1/entries/{entry}/reversal),款项不足时归还一并冲回。',
    en: 'The repayment of an advance follows from an arrival; where that is wrong, take the arrival back (mz reverse or POST /api/v1/entries/{entry}/reversal), and the repayment goes back with it as far as the money is short.',
  },
  PayeeRegistered: {
    zh: '登记收款人不作冲销;资料有误的,请变更(mz payee rename 或 POST /api/v1/payees/{payeeId});同一收款人登记了两次的,请合并(mz payee merge 或 POST /api/v1/payees/{payeeId}/merger)。',
    en: 'The registration of a payee is not taken back; where it is described wrongly, change it (mz payee rename or POST /api/v1/payees/{payeeId}); where one payee is registered twice, merge it into the other (mz payee merge or POST /api/v1/payees/{payeeId}/merger).',
  },
  AllocationVoided: {
    zh: '作废的行不再启用;请在文件的另一行重新下达(mz allocate),或撤回文件后重新导入(mz import 或 POST /api/v1/notices)。',
    en: 'A void row is not opened again; allocate the money in another row of the notice (mz allocate), or withdraw the notice and import it anew (mz import or POST /api/v1/notices).',
  },
};

const ALLOCATION = '/api/v1/allocations/{allocationId}';
const ANNOUNCEMENT = '/api/v1/announcements';

/** Where each is recorded: by `mz`, and over HTTP where that has a path of its own. */
const FOLLOWING_AT: Readonly<Record<FollowingCommand, readonly [mz: string, path?: string]>> = {
  MergePlace: ['mz place merge', '/api/v1/places/{placeId}/merger'],
  RenamePlace: ['mz place rename', '/api/v1/places/{placeId}/name'],
  ChangePlaceParent: ['mz place move', '/api/v1/places/{placeId}/parent'],
  AssignPlaceCode: ['mz place code', '/api/v1/places/{placeId}/code'],
  ChangePayee: ['mz payee rename', '/api/v1/payees/{payeeId}'],
  MergePayee: ['mz payee merge', '/api/v1/payees/{payeeId}/merger'],
  IssueNotice: ['mz import', '/api/v1/notices'],
  AllocateFunds: ['mz allocate'],
  ApproveAdjustment: ['mz adjust', '/api/v1/adjustments'],
  ClassifyAllocation: ['mz classify', `${ALLOCATION}/classification`],
  RequestDisbursement: ['mz request', `${ALLOCATION}/requests`],
  DisburseFunds: ['mz pay-statement', `${ALLOCATION}/payments`],
  ReceiveFunds: ['mz arrive', `${ALLOCATION}/arrivals`],
  ReverseArrival: ['mz reverse', '/api/v1/entries/{entry}/reversal'],
  ReleaseFunds: ['mz release', `${ALLOCATION}/releases`],
  ReturnFunds: ['mz return', `${ALLOCATION}/returns`],
  RecallFunds: ['mz recall-funds', `${ALLOCATION}/recalled-funds`],
  CloseAllocation: ['mz project close', `${ALLOCATION}/closing`],
  StartProject: ['mz project start', `${ALLOCATION}/project/start`],
  RegisterAsset: ['mz asset', `${ALLOCATION}/assets`],
  DistributeBenefit: ['mz benefit', `${ALLOCATION}/benefits`],
  PostAnnouncement: ['mz announce post', ANNOUNCEMENT],
  EndAnnouncement: ['mz announce end', `${ANNOUNCEMENT}/{announcementId}/end`],
  RaiseObjection: ['mz announce object', `${ANNOUNCEMENT}/{announcementId}/objections`],
  AnswerObjection: [
    'mz announce answer',
    `${ANNOUNCEMENT}/{announcementId}/objections/{objectionId}/answer`,
  ],
  SetParameter: ['mz parameter', '/api/v1/parameters'],
};
