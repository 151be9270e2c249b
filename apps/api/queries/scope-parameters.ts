import { applyDecorators } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import { COUNTY, type Scope } from '#history/questions/scope';
import { FUNDING_LEVELS } from '#ledger/notice/notice-events';
import { present, type QueryReader } from './query-parameters.ts';

const SCOPE = {
  placeId: '一个地点 one place',
  townId: `一个乡镇连同各村,县级为 ${COUNTY} a town with its villages`,
  allocationId: '一笔资金 one allocation',
  noticeId: '一份文件 one notice',
  annex: '一个附件 one annex',
  fiscalYear: '资金年度 fiscal year',
  batch: '批次 batch',
  fundingLevel: '资金级次 funding level',
  projectType: '项目类型,空为未分类 project type',
} as const satisfies Partial<Record<keyof Scope, string>>;

export const SCOPE_PARAMETERS = Object.keys(SCOPE);

/** What narrows a figure; several narrow further. */
export const ApiScopeQueries = () =>
  applyDecorators(
    ...Object.entries(SCOPE).map(([name, description]) =>
      ApiQuery({ name, required: false, description }),
    ),
  );

export const readScope = (read: QueryReader): Scope =>
  present({
    placeId: read.text('placeId'),
    townId: read.text('townId'),
    allocationId: read.text('allocationId'),
    noticeId: read.text('noticeId'),
    annex: read.text('annex'),
    fiscalYear: read.wholeNumber('fiscalYear'),
    batch: read.text('batch'),
    fundingLevel: read.oneOf('fundingLevel', FUNDING_LEVELS),
    projectType: read.text('projectType'),
  });
