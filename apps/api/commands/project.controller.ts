import { Controller, Param, Post } from '@nestjs/common';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import { ApiWrites } from './api-writes.ts';
import { amountOf } from './amount.ts';
import { CommandEndpoint } from './command-endpoint.ts';
import { AssetBody, BenefitBody, ClassificationBody, Occurrence } from './dtos.ts';
import { Exchanged, type Exchange } from '../http/exchange.ts';

/** What the money of one allocation becomes: a project, its milestones, assets and benefits. */
@ApiTags('allocations')
@ApiWrites()
@Controller('api/v1/allocations/:allocationId')
export class ProjectController {
  constructor(private readonly endpoint: CommandEndpoint) {}

  @Post('classification')
  @ApiBody({ type: ClassificationBody })
  classify(@Param('allocationId') allocationId: string, @Exchanged() exchange: Exchange) {
    return this.endpoint.handle(exchange, 'ClassifyAllocation', ClassificationBody, (dto) => ({
      type: 'ClassifyAllocation',
      data: { allocationId, projectType: dto.projectType, ground: dto.ground },
    }));
  }

  @Post('project/start')
  @ApiBody({ type: Occurrence })
  start(@Param('allocationId') allocationId: string, @Exchanged() exchange: Exchange) {
    return this.#milestone('StartProject', allocationId, exchange);
  }

  @Post('project/completion')
  @ApiBody({ type: Occurrence })
  complete(@Param('allocationId') allocationId: string, @Exchanged() exchange: Exchange) {
    return this.#milestone('CompleteProject', allocationId, exchange);
  }

  @Post('project/acceptance')
  @ApiBody({ type: Occurrence })
  accept(@Param('allocationId') allocationId: string, @Exchanged() exchange: Exchange) {
    return this.#milestone('AcceptProject', allocationId, exchange);
  }

  @Post('closing')
  @ApiBody({ type: Occurrence })
  close(@Param('allocationId') allocationId: string, @Exchanged() exchange: Exchange) {
    return this.#milestone('CloseAllocation', allocationId, exchange);
  }

  @Post('assets')
  @ApiBody({ type: AssetBody })
  registerAsset(@Param('allocationId') allocationId: string, @Exchanged() exchange: Exchange) {
    return this.endpoint.handle(exchange, 'RegisterAsset', AssetBody, (dto, { idFor }) => ({
      type: 'RegisterAsset',
      data: {
        allocationId,
        assetId: idFor('asset', allocationId),
        name: dto.name,
        assetClass: dto.assetClass,
        originalValueFen: amountOf(dto),
        keeper: dto.keeper,
      },
    }));
  }

  @Post('benefits')
  @ApiBody({ type: BenefitBody })
  distributeBenefit(@Param('allocationId') allocationId: string, @Exchanged() exchange: Exchange) {
    return this.endpoint.handle(exchange, 'DistributeBenefit', BenefitBody, (dto) => ({
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
    exchange: Exchange,
  ) {
    return this.endpoint.handle(exchange, type, Occurrence, () => ({
      type,
      data: { allocationId },
    }));
  }
}
