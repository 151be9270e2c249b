import type { FenJson } from '#ledger/fen-json';
import type { Notice } from '#ledger/notice/notice-events';
import type { ViewEvent } from '../engine/view-event.ts';
import type { Rows } from './tables.ts';

export const foldNotice = (rows: Rows, event: ViewEvent): void => {
  if (event.type === 'NoticeIssued') {
    rows.notices.put(toNoticeRow(event.data, event.occurredOn));
    putAnnexes(rows, event.data);
  } else if (event.type === 'NoticeWithdrawn') {
    const notice = rows.notices.get(event.data.noticeId);
    if (notice === undefined) throw new Error(`Notice ${event.data.noticeId} was never issued.`);
    rows.notices.put({ ...notice, withdrawnOn: event.occurredOn });
  }
};

const toNoticeRow = (notice: FenJson<Notice>, issuedOn: string) => ({
  noticeId: notice.noticeId,
  documentNumber: numberText(notice.documentNumber),
  title: notice.title,
  issuer: notice.issuer,
  basis: notice.basis.map(numberText).join('、'),
  programme: notice.programme,
  fiscalYear: notice.fiscalYear,
  batch: notice.batch,
  fundingLevel: notice.fundingLevel,
  issuedOn,
  withdrawnOn: null,
});

const numberText = ({ raw, normalised }: Notice['documentNumber']): string => normalised ?? raw;

const putAnnexes = (rows: Rows, { noticeId, annexes }: FenJson<Notice>): void => {
  for (const { annex, title, statedTotalFen = null, lines } of annexes) {
    rows.annexes.put({
      key: `${noticeId}/${annex}`,
      noticeId,
      annex,
      title,
      statedTotalFen,
      sumFen: lines.reduce((sum, line) => sum + line.amountFen, 0),
      lines: lines.length,
    });
  }
};
