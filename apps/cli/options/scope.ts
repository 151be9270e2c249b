import { Option, type Command } from 'commander';
import {
  FIGURE_NAMES,
  FIGURES,
  findFigure,
  findMeasure,
} from '#presentation/questions/figure-names';
import type { Figure } from '#history/questions/explain';
import { MEASURES, type Measure } from '#history/questions/measures';
import type { Scope } from '#history/questions/scope';
import { FUNDING_LEVELS } from '#ledger/notice/notice-events';
import type { ReadDatabase } from '#projections/engine/read-database';
import { findAllocation, findNotice, findPlaceNamed, readYear } from './names.ts';
import { badInput } from '../session/exit-codes.ts';

export interface ScopeOptions {
  readonly place?: string;
  readonly town?: string;
  readonly allocation?: string;
  readonly notice?: string;
  readonly annex?: string;
  readonly year?: string;
  readonly batch?: string;
  readonly level?: string;
  readonly projectType?: string;
}

/** The options of a command whose figures can be narrowed; several narrow further. */
export const withScopeOptions = (command: Command): Command =>
  command
    .option('--place <name>', '一个地点 one place')
    .option('--town <name>', '一个乡镇连同各村 a town with its villages')
    .option('--allocation <name>', '一笔资金:编号或 文号/附件/行 one allocation')
    .option('--notice <number>', '一份资金文件 one notice')
    .option('--annex <annex>', '一个附件 one annex')
    .option('--year <year>', '资金年度 fiscal year')
    .option('--batch <batch>', '批次 batch')
    .addOption(new Option('--level <level>', '资金级次 funding level').choices(FUNDING_LEVELS))
    .option('--project-type <type>', '项目类型,空为未分类 project type');

export const readScope = (db: ReadDatabase, options: ScopeOptions): Scope => {
  const { place, town, allocation, notice, annex, year, batch, level, projectType } = options;
  return {
    ...(place === undefined ? {} : { placeId: findPlaceNamed(db, place).placeId }),
    ...(town === undefined ? {} : { townId: findPlaceNamed(db, town).placeId }),
    ...(allocation === undefined
      ? {}
      : { allocationId: findAllocation(db, allocation).allocationId }),
    ...(notice === undefined ? {} : { noticeId: findNotice(db, notice).noticeId }),
    ...(annex === undefined ? {} : { annex }),
    ...(year === undefined ? {} : { fiscalYear: readYear(year) }),
    ...(batch === undefined ? {} : { batch }),
    ...(level === undefined ? {} : { fundingLevel: level }),
    ...(projectType === undefined ? {} : { projectType }),
  };
};

export const readFigure = (text: string): Figure => findFigure(text) ?? refuse(text, FIGURES);

/** A figure that is money in accounts, which can be followed from one point to another. */
export const readMeasure = (text: string): Measure => findMeasure(text) ?? refuse(text, MEASURES);

const refuse = (text: string, figures: readonly Figure[]): never => {
  const listed = (lang: 'zh' | 'en') => figures.map((figure) => FIGURE_NAMES[figure][lang]);
  throw badInput(
    `没有指标“${text}”;有:${listed('zh').join('、')}。`,
    `There is no figure “${text}”: ${listed('en').join(', ')}.`,
  );
};

/** Counts as they are, money in 万元. */
export const isCount = (figure: Figure): boolean =>
  figure === 'allocations' || figure === 'refusals';
