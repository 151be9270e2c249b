import { Controller, Inject, Param, Post } from '@nestjs/common';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import type { CommandIds } from '#application/commands/issue-commands';
import { describedBy } from '#ledger/payee/known-payees';
import { payeeCommand } from '#vault/payee-command';
import type { Ledger } from '#wiring/ledger';
import { LEDGER } from '../tokens-of-injection.ts';
import { ApiWrites } from './api-writes.ts';
import { CommandEndpoint } from './command-endpoint.ts';
import { Exchanged, type Exchange } from '../http/exchange.ts';
import {
  CodeBody,
  MergerBody,
  MergerRevocationBody,
  NameBody,
  ParentBody,
  PayeeBody,
  PayeeMergerBody,
  PayeeMergerRevocationBody,
  PlaceBody,
} from './dtos.ts';
import { ParameterBody, parameterValue } from './parameter-body.ts';

/** Places, payees and parameters: what everything else refers to. */
@ApiTags('directory')
@ApiWrites()
@Controller('api/v1')
export class DirectoryController {
  constructor(
    private readonly endpoint: CommandEndpoint,
    @Inject(LEDGER) private readonly ledger: Ledger,
  ) {}

  @Post('places')
  @ApiBody({ type: PlaceBody })
  registerPlace(@Exchanged() exchange: Exchange) {
    return this.endpoint.handle(exchange, 'RegisterPlace', PlaceBody, (dto, { idFor }) => {
      const { occurredOn: validFrom, ...place } = dto;
      return { type: 'RegisterPlace', data: { placeId: idFor('place'), validFrom, ...place } };
    });
  }

  @Post('places/:placeId/name')
  @ApiBody({ type: NameBody })
  rename(@Param('placeId') placeId: string, @Exchanged() exchange: Exchange) {
    return this.endpoint.handle(exchange, 'RenamePlace', NameBody, ({ name }) => ({
      type: 'RenamePlace',
      data: { placeId, name },
    }));
  }

  @Post('places/:placeId/merger')
  @ApiBody({ type: MergerBody })
  merge(@Param('placeId') placeId: string, @Exchanged() exchange: Exchange) {
    return this.endpoint.handle(exchange, 'MergePlace', MergerBody, ({ intoPlaceId }) => ({
      type: 'MergePlace',
      data: { placeId, intoPlaceId },
    }));
  }

  /** Takes the merger of a place back: it has its own money, villages and name again. */
  @Post('places/:placeId/merger/revocation')
  @ApiBody({ type: MergerRevocationBody })
  revokeMerger(@Param('placeId') placeId: string, @Exchanged() exchange: Exchange) {
    return this.endpoint.handle(
      exchange,
      'RevokePlaceMerger',
      MergerRevocationBody,
      ({ reason, approval }) => ({
        type: 'RevokePlaceMerger',
        data: { placeId, reason, approval },
      }),
    );
  }

  /** 改隶: a village goes to another town, a town to another county. */
  @Post('places/:placeId/parent')
  @ApiBody({ type: ParentBody })
  changeParent(@Param('placeId') placeId: string, @Exchanged() exchange: Exchange) {
    return this.endpoint.handle(
      exchange,
      'ChangePlaceParent',
      ParentBody,
      ({ parentId, approval }) => ({
        type: 'ChangePlaceParent',
        data: { placeId, parentId, approval },
      }),
    );
  }

  @Post('places/:placeId/code')
  @ApiBody({ type: CodeBody })
  assignCode(@Param('placeId') placeId: string, @Exchanged() exchange: Exchange) {
    return this.endpoint.handle(exchange, 'AssignPlaceCode', CodeBody, ({ divisionCode }) => ({
      type: 'AssignPlaceCode',
      data: { placeId, divisionCode },
    }));
  }

  @Post('payees')
  @ApiBody({ type: PayeeBody })
  registerPayee(@Exchanged() exchange: Exchange) {
    return this.#payee(exchange, 'RegisterPayee', ({ idFor, ownIdFor }, dto) => {
      const description = describedBy(dto);
      return description === undefined ? idFor('payee') : ownIdFor('payee', description);
    });
  }

  @Post('payees/:payeeId')
  @ApiBody({ type: PayeeBody })
  changePayee(@Param('payeeId') payeeId: string, @Exchanged() exchange: Exchange) {
    return this.#payee(exchange, 'ChangePayee', () => payeeId);
  }

  /** Merges a payee into another of its kind: its payments are shown as the other's from the day on. */
  @Post('payees/:payeeId/merger')
  @ApiBody({ type: PayeeMergerBody })
  mergePayee(@Param('payeeId') payeeId: string, @Exchanged() exchange: Exchange) {
    return this.endpoint.handle(
      exchange,
      'MergePayee',
      PayeeMergerBody,
      ({ intoPayeeId, reason }) => ({
        type: 'MergePayee',
        data: { payeeId, intoPayeeId, reason },
      }),
    );
  }

  /** Takes the merger of a payee back: it has its own payments again. */
  @Post('payees/:payeeId/merger/revocation')
  @ApiBody({ type: PayeeMergerRevocationBody })
  revokePayeeMerger(@Param('payeeId') payeeId: string, @Exchanged() exchange: Exchange) {
    return this.endpoint.handle(
      exchange,
      'RevokePayeeMerger',
      PayeeMergerRevocationBody,
      ({ reason }) => ({ type: 'RevokePayeeMerger', data: { payeeId, reason } }),
    );
  }

  @Post('parameters')
  @ApiBody({ type: ParameterBody })
  setParameter(@Exchanged() exchange: Exchange) {
    return this.endpoint.handle(exchange, 'SetParameter', ParameterBody, (dto) => ({
      type: 'SetParameter',
      data: {
        parameterId: dto.parameterId,
        value: parameterValue(dto),
        validFrom: dto.validFrom,
        source: dto.source,
      },
    }));
  }

  #payee(
    exchange: Exchange,
    type: 'RegisterPayee' | 'ChangePayee',
    payeeIdOf: (ids: CommandIds, dto: Omit<PayeeBody, 'occurredOn'>) => string,
  ) {
    return this.endpoint.handle(exchange, type, PayeeBody, ({ occurredOn: _on, ...dto }, ids) => {
      const payee = { payeeId: payeeIdOf(ids, dto), ...dto };
      return payeeCommand(this.ledger, type, payee, ids.idFor('person'), 'http');
    });
  }
}
