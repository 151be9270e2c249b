import { Controller, Param, Post, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiHeader, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { AuthenticatedRequest } from '../auth/auth.guard.ts';
import { amountOf } from './amount.ts';
import { CommandDoor } from './command-door.ts';
import {
  AdjustmentBody,
  ArrivalBody,
  AssetBody,
  BenefitBody,
  ClassificationBody,
  Occurrence,
  PaymentBody,
  RecallBody,
  RejectionBody,
  ReleaseBody,
  RequestBody,
  ReturnBody,
  ReversalBody,
  StatementPaymentBody,
} from './dtos.ts';

const optional = (voucher: string | undefined) => (voucher === undefined ? {} : { voucher });

/** Everything that can be asked of one allocation. */
@ApiTags('allocations')
@ApiBearerAuth()
@ApiHeader({ name: 'Idempotency-Key', required: true })
@Controller('api/v1/allocations/:allocationId')
export class FundsController {
  constructor(private readonly door: CommandDoor) {}

  @Post('arrivals')
  @ApiBody({ type: ArrivalBody })
  arrive(
    @Param('allocationId') allocationId: string,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.door.handle(request, reply, 'ReceiveFunds', ArrivalBody, (dto) => ({
      type: 'ReceiveFunds',
      data: { allocationId, amountFen: amountOf(dto), ...optional(dto.voucher) },
    }));
  }

  @Post('releases')
  @ApiBody({ type: ReleaseBody })
  release(
    @Param('allocationId') allocationId: string,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.door.handle(request, reply, 'ReleaseFunds', ReleaseBody, (dto) => ({
      type: 'ReleaseFunds',
      data: {
        allocationId,
        amountFen: amountOf(dto),
        unit: dto.unitName,
        ...optional(dto.voucher),
      },
    }));
  }

  @Post('requests')
  @ApiBody({ type: RequestBody })
  request(
    @Param('allocationId') allocationId: string,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.door.handle(
      request,
      reply,
      'RequestDisbursement',
      RequestBody,
      (dto, { idFor }) => ({
        type: 'RequestDisbursement',
        data: {
          allocationId,
          requestId: idFor('request'),
          payeeId: dto.payeeId,
          amountFen: amountOf(dto),
          from: dto.from,
          stage: dto.stage,
          purpose: dto.purpose,
        },
      }),
    );
  }

  @Post('requests/:requestId/approval')
  @ApiBody({ type: Occurrence })
  approve(
    @Param('allocationId') allocationId: string,
    @Param('requestId') requestId: string,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.door.handle(request, reply, 'ApproveDisbursement', Occurrence, () => ({
      type: 'ApproveDisbursement',
      data: { allocationId, requestId },
    }));
  }

  @Post('requests/:requestId/rejection')
  @ApiBody({ type: RejectionBody })
  reject(
    @Param('allocationId') allocationId: string,
    @Param('requestId') requestId: string,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.door.handle(request, reply, 'RejectDisbursement', RejectionBody, ({ reason }) => ({
      type: 'RejectDisbursement',
      data: { allocationId, requestId, reason },
    }));
  }

  @Post('requests/:requestId/payment')
  @ApiBody({ type: PaymentBody })
  pay(
    @Param('allocationId') allocationId: string,
    @Param('requestId') requestId: string,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.door.handle(
      request,
      reply,
      'DisburseFunds',
      PaymentBody,
      ({ voucher }, { idFor }) => ({
        type: 'DisburseFunds',
        data: {
          ground: 'request',
          allocationId,
          requestId,
          paymentId: idFor('payment'),
          voucher,
        },
      }),
    );
  }

  @Post('payments')
  @ApiBody({ type: StatementPaymentBody })
  takeOver(
    @Param('allocationId') allocationId: string,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.door.handle(
      request,
      reply,
      'DisburseFunds',
      StatementPaymentBody,
      (dto, { idFor }) => ({
        type: 'DisburseFunds',
        data: {
          ground: 'statement',
          allocationId,
          paymentId: idFor('payment'),
          payeeId: dto.payeeId,
          amountFen: amountOf(dto),
          from: dto.from,
          stage: dto.stage,
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
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.door.handle(
      request,
      reply,
      'ReverseDisbursement',
      ReversalBody,
      (dto, { idFor }) => ({
        type: 'ReverseDisbursement',
        data: {
          allocationId,
          paymentId,
          reversalId: idFor('reversal'),
          amountFen: amountOf(dto),
          reason: dto.reason,
        },
      }),
    );
  }

  @Post('returns')
  @ApiBody({ type: ReturnBody })
  return(
    @Param('allocationId') allocationId: string,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.door.handle(request, reply, 'ReturnFunds', ReturnBody, (dto) => ({
      type: 'ReturnFunds',
      data: {
        allocationId,
        amountFen: amountOf(dto),
        from: dto.from,
        reason: dto.reason,
        ...optional(dto.voucher),
      },
    }));
  }

  @Post('recalls')
  @ApiBody({ type: RecallBody })
  recall(
    @Param('allocationId') allocationId: string,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.door.handle(request, reply, 'RecallAllocation', RecallBody, (dto) => ({
      type: 'RecallAllocation',
      data: { allocationId, amountFen: amountOf(dto), approval: dto.approval },
    }));
  }

  /** The pair: this allocation loses what its counterpart gains. */
  @Post('adjustments')
  @ApiBody({ type: AdjustmentBody })
  adjust(
    @Param('allocationId') allocationId: string,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.door.handleAll(
      request,
      reply,
      'AdjustAllocation',
      AdjustmentBody,
      (dto, { idFor }) => {
        const { counterpartAllocationId, approval } = dto;
        const pair = { adjustmentId: idFor('adjustment'), amountFen: amountOf(dto), approval };
        return [
          {
            type: 'AdjustAllocation',
            data: { ...pair, allocationId, direction: 'decrease', counterpartAllocationId },
          },
          {
            type: 'AdjustAllocation',
            data: {
              ...pair,
              allocationId: counterpartAllocationId,
              direction: 'increase',
              counterpartAllocationId: allocationId,
            },
          },
        ];
      },
    );
  }

  @Post('classification')
  @ApiBody({ type: ClassificationBody })
  classify(
    @Param('allocationId') allocationId: string,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.door.handle(request, reply, 'ClassifyAllocation', ClassificationBody, (dto) => ({
      type: 'ClassifyAllocation',
      data: { allocationId, projectType: dto.projectType, ground: dto.ground },
    }));
  }

  @Post('project/start')
  @ApiBody({ type: Occurrence })
  start(
    @Param('allocationId') allocationId: string,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.#milestone('StartProject', allocationId, request, reply);
  }

  @Post('project/completion')
  @ApiBody({ type: Occurrence })
  complete(
    @Param('allocationId') allocationId: string,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.#milestone('CompleteProject', allocationId, request, reply);
  }

  @Post('project/acceptance')
  @ApiBody({ type: Occurrence })
  accept(
    @Param('allocationId') allocationId: string,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.#milestone('AcceptProject', allocationId, request, reply);
  }

  @Post('closing')
  @ApiBody({ type: Occurrence })
  close(
    @Param('allocationId') allocationId: string,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.#milestone('CloseAllocation', allocationId, request, reply);
  }

  @Post('assets')
  @ApiBody({ type: AssetBody })
  registerAsset(
    @Param('allocationId') allocationId: string,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.door.handle(request, reply, 'RegisterAsset', AssetBody, (dto, { idFor }) => ({
      type: 'RegisterAsset',
      data: {
        allocationId,
        assetId: idFor('asset'),
        name: dto.name,
        assetClass: dto.assetClass,
        originalValueFen: amountOf(dto),
        keeper: dto.keeper,
      },
    }));
  }

  @Post('benefits')
  @ApiBody({ type: BenefitBody })
  distributeBenefit(
    @Param('allocationId') allocationId: string,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.door.handle(request, reply, 'DistributeBenefit', BenefitBody, (dto) => ({
      type: 'DistributeBenefit',
      data: {
        allocationId,
        amountFen: amountOf(dto),
        households: dto.households,
        distributedOn: dto.occurredOn,
      },
    }));
  }

  #milestone(
    type: 'StartProject' | 'CompleteProject' | 'AcceptProject' | 'CloseAllocation',
    allocationId: string,
    request: AuthenticatedRequest,
    reply: FastifyReply,
  ) {
    return this.door.handle(request, reply, type, Occurrence, () => ({
      type,
      data: { allocationId },
    }));
  }
}
