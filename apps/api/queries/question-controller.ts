import { applyDecorators, Controller } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';

const POINT = {
  waitFor: '先等视图到这个位置 read your own writes',
  asOf: '截至业务日期 what had happened by a day',
  knownAt: '截至时刻所知 what was known at an instant',
  position: '截至日志位置 what was known at a position',
} as const;

/**
 * The controller of one question. Every question takes a position to wait for and a point in the
 * past. `views` are what the ledger shows day by day, `inquiries` what auditors and inspectors ask.
 */
export const QuestionController = (tag: 'views' | 'inquiries') =>
  applyDecorators(
    Controller('api/v1'),
    ApiTags(tag),
    ApiBearerAuth(),
    ...Object.entries(POINT).map(([name, description]) =>
      ApiQuery({ name, required: false, description }),
    ),
  );

/** The name of an operation in OpenAPI: generated clients call it by that name, so it stays. */
export const OperationId = (operationId: string) =>
  // An operation has a summary, if only an empty one, unless it is removed so.
  ApiOperation({ operationId, ...(NO_SUMMARY as object) });

const NO_SUMMARY = { summary: undefined };
