import { notices, type NoticeEntry } from '#projections/allocation-register/query';
import type { Scope } from '../scope.ts';
import { columnsOf, type Table } from '../table.ts';

const { money, number, text } = columnsOf<NoticeEntry>();

export const NOTICES: Table<NoticeEntry> = {
  name: 'notices',
  zh: '资金文件',
  en: 'notices that issued funds',
  source: 'allocation-register',
  indexed: ['documentNumber'],
  columns: [
    text('noticeId', '文件编号', 'notice', (row) => row.noticeId),
    text('documentNumber', '文号', 'document number', (row) => row.documentNumber),
    text('title', '标题', 'title', (row) => row.title),
    text('issuer', '发文单位', 'issuer', (row) => row.issuer),
    text('basis', '依据文号', 'documents it relies on', (row) => row.basis),
    text('programme', '资金类别', 'programme', (row) => row.programme),
    number('fiscalYear', '资金年度', 'fiscal year', (row) => row.fiscalYear),
    text('batch', '批次', 'batch', (row) => row.batch),
    text('fundingLevel', '资金级次', 'funding level', (row) => row.fundingLevel),
    text('issuedOn', '发文日期', 'issued on', (row) => row.issuedOn),
    text('withdrawnOn', '撤回日期', 'withdrawn on', (row) => row.withdrawnOn),
    number('annexes', '附件数', 'annexes', (row) => row.annexes.length),
    money('sum', '附件合计,发文时', 'sum of its annexes as issued', (row) => row.sumFen),
  ],
};

export const noticeRows = ({ db, year }: Scope): readonly NoticeEntry[] =>
  notices(db).filter(({ fiscalYear }) => year === undefined || fiscalYear === year);
