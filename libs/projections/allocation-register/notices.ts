import type { FenJson } from '#ledger/fen-json';
import type { Notice } from '#ledger/notice/notice-events';
import type { Handlers } from '../engine/view.ts';
import type { Rows } from './tables.ts';

export const noticeHandlers = {
  NoticeIssued: (rows, { data, occurredOn }) => {
    rows.notices.put(toNoticeRow(data, occurredOn));
    putAnnexes(rows, data);
  },
  NoticeWithdrawn: ({ notices }, { data, occurredOn: withdrawnOn }) => {
    const notice = notices.get(data.noticeId);
    if (notice === undefined) throw new Error(`Notice ${data.noticeId} was never issued.`);
    notices.put({ ...notice, withdrawnOn });
  },
} as const satisfies Handlers<Rows>;

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
  edition: notice.edition,
  replaces: notice.replaces ?? null,
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
