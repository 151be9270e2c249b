import { Controller, Param, Post } from '@nestjs/common';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import { slipOf } from '#ledger/voucher/slip';
import { ApiWrites } from './api-writes.ts';
import { amountOf } from './amount.ts';
import { CommandEndpoint } from './command-endpoint.ts';
import {
  Occurrence,
  PaymentBody,
  RejectionBody,
  RequestBody,
  ReversalBody,
  StatementPaymentBody,
} from './dtos.ts';
import { Exchanged, type Exchange } from '../http/exchange.ts';

/** How the money of one allocation is paid: request, approval by a second person, payment, reversal. */
@ApiTags('allocations')
@ApiWrites()
@Controller('api/v1/allocations/:allocationId')
export class PaymentsController {
  constructor(private readonly endpoint: CommandEndpoint) {}

  @Post('requests')
  @ApiBody({ type: RequestBody })
  request(@Param('allocationId') allocationId: string, @Exchanged() exchange: Exchange) {
    return this.endpoint.handle(exchange, 'RequestDisbursement', RequestBody, (dto, { idFor }) => ({
      type: 'RequestDisbursement',
      data: {
        allocationId,
        requestId: idFor('request', allocationId),
        payeeId: dto.payeeId,
        amountFen: amountOf(dto),
        from: dto.from,
        stage: dto.stage,
        purpose: dto.purpose,
      },
    }));
  }

  @Post('requests/:requestId/approval')
  @ApiBody({ type: Occurrence })
  approve(
    @Param('allocationId') allocationId: string,
    @Param('requestId') requestId: string,
    @Exchanged() exchange: Exchange,
  ) {
    return this.endpoint.handle(exchange, 'ApproveDisbursement', Occurrence, () => ({
      type: 'ApproveDisbursement',
      data: { allocationId, requestId },
    }));
  }

  @Post('requests/:requestId/rejection')
  @ApiBody({ type: RejectionBody })
  reject(
    @Param('allocationId') allocationId: string,
    @Param('requestId') requestId: string,
    @Exchanged() exchange: Exchange,
  ) {
    return this.endpoint.handle(exchange, 'RejectDisbursement', RejectionBody, ({ reason }) => ({
      type: 'RejectDisbursement',
      data: { allocationId, requestId, reason },
    }));
  }

  @Post('requests/:requestId/payment')
  @ApiBody({ type: PaymentBody })
  pay(
    @Param('allocationId') allocationId: string,
    @Param('requestId') requestId: string,
    @Exchanged() exchange: Exchange,
  ) {
    return this.endpoint.handle(exchange, 'DisburseFunds', PaymentBody, (dto, { idFor }) => ({
      type: 'DisburseFunds',
      data: {
        ground: 'request',
        allocationId,
        requestId,
        paymentId: idFor('payment', allocationId),
        ...slipOf(dto),
        voucher: dto.voucher,
      },
    }));
  }

  @Post('payments')
  @ApiBody({ type: StatementPaymentBody })
  takeOver(@Param('allocationId') allocationId: string, @Exchanged() exchange: Exchange) {
    return this.endpoint.handle(
      exchange,
      'DisburseFunds',
      StatementPaymentBody,
      (dto, { idFor }) => ({
        type: 'DisburseFunds',
        data: {
          ground: 'statement',
          allocationId,
          paymentId: idFor('payment', allocationId),
          payeeId: dto.payeeId,
          amountFen: amountOf(dto),
          from: dto.from,
          stage: dto.stage,
          ...slipOf(dto),
          voucher: dto.voucher,
        },
      }),
    );
  }

  @Post('payments/:paymentId/reversals')
  @ApiBody({ type: ReversalBody })
  reverse(
    @Param('allocationId') allocationId: string,
    @Param('paymentId') paymentId: string,
    @Exchanged() exchange: Exchange,
  ) {
    return this.endpoint.handle(
      exchange,
      'ReverseDisbursement',
      ReversalBody,
      (dto, { idFor }) => ({
        type: 'ReverseDisbursement',
        data: {
          allocationId,
          paymentId,
          reversalId: idFor('reversal', allocationId),
          amountFen: amountOf(dto),
          reason: dto.reason,
          ...(dto.kind && { kind: dto.kind }),
          ...(dto.voucher && { voucher: dto.voucher }),
          ...(dto.approval && { approval: dto.approval }),
        },
      }),
    );
  }
}
