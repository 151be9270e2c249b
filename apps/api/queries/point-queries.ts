import { applyDecorators } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';

const POINT = {
  waitFor: '先等视图到这个位置 read your own writes',
  asOf: '截至业务日期 what had happened by a day',
  knownAt: '截至时刻所知 what was known at an instant',
  position: '截至日志位置 what was known at a position',
} as const;

/** What every query takes: a position to wait for, and a point in the past. */
export const ApiPointQueries = () =>
  applyDecorators(
    ...Object.entries(POINT).map(([name, description]) =>
      ApiQuery({ name, required: false, description }),
    ),
  );
