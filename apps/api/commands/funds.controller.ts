import { Controller, Param, Post } from '@nestjs/common';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import { slipOf } from '#ledger/voucher/slip';
import { ApiWrites } from './api-writes.ts';
import { amountOf } from './amount.ts';
import { CommandEndpoint } from './command-endpoint.ts';
import { ArrivalBody, FundsRecallBody, RecallBody, ReleaseBody, ReturnBody } from './dtos.ts';
import { Exchanged, type Exchange } from '../http/exchange.ts';

/** How the money of one allocation comes, moves on, and goes back. */
@ApiTags('allocations')
@ApiWrites()
@Controller('api/v1/allocations/:allocationId')
export class FundsController {
  constructor(private readonly endpoint: CommandEndpoint) {}

  @Post('arrivals')
  @ApiBody({ type: ArrivalBody })
  arrive(@Param('allocationId') allocationId: string, @Exchanged() exchange: Exchange) {
    return this.endpoint.handle(exchange, 'ReceiveFunds', ArrivalBody, (dto) => ({
      type: 'ReceiveFunds',
      data: { allocationId, amountFen: amountOf(dto), ...slipOf(dto) },
    }));
  }

  @Post('releases')
  @ApiBody({ type: ReleaseBody })
  release(@Param('allocationId') allocationId: string, @Exchanged() exchange: Exchange) {
    return this.endpoint.handle(exchange, 'ReleaseFunds', ReleaseBody, (dto) => ({
      type: 'ReleaseFunds',
      data: {
        allocationId,
        amountFen: amountOf(dto),
        unit: dto.unitName,
        ...slipOf(dto),
      },
    }));
  }

  @Post('returns')
  @ApiBody({ type: ReturnBody })
  return(@Param('allocationId') allocationId: string, @Exchanged() exchange: Exchange) {
    return this.endpoint.handle(exchange, 'ReturnFunds', ReturnBody, (dto) => ({
      type: 'ReturnFunds',
      data: {
        allocationId,
        amountFen: amountOf(dto),
        from: dto.from,
        reason: dto.reason,
        ...slipOf(dto),
      },
    }));
  }

  @Post('recalls')
  @ApiBody({ type: RecallBody })
  recall(@Param('allocationId') allocationId: string, @Exchanged() exchange: Exchange) {
    return this.endpoint.handle(exchange, 'RecallAllocation', RecallBody, (dto) => ({
      type: 'RecallAllocation',
      data: { allocationId, amountFen: amountOf(dto), approval: dto.approval },
    }));
  }

  @Post('recalled-funds')
  @ApiBody({ type: FundsRecallBody })
  recallFunds(@Param('allocationId') allocationId: string, @Exchanged() exchange: Exchange) {
    return this.endpoint.handle(exchange, 'RecallFunds', FundsRecallBody, (dto) => ({
      type: 'RecallFunds',
      data: {
        allocationId,
        amountFen: amountOf(dto),
        from: dto.from,
        approval: dto.approval,
        ...slipOf(dto),
      },
    }));
  }
}
