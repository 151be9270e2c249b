import { Controller, Param, Post } from '@nestjs/common';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import { ApiWrites } from './api-writes.ts';
import { PersonCommands } from '../vault/person-commands.ts';
import { CommandEndpoint } from './command-endpoint.ts';
import { Exchanged, type Exchange } from './exchange.ts';
import { CodeBody, MergerBody, NameBody, ParameterBody, PayeeBody, PlaceBody } from './dtos.ts';

/** Places, payees and parameters: what everything else refers to. */
@ApiTags('directory')
@ApiWrites()
@Controller('api/v1')
export class DirectoryController {
  constructor(
    private readonly endpoint: CommandEndpoint,
    private readonly persons: PersonCommands,
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
    return this.endpoint.handle(exchange, 'RegisterPayee', PayeeBody, (dto, { idFor }) => {
      const payeeId = idFor('payee');
      return { type: 'RegisterPayee', data: this.persons.identity(payeeId, dto, idFor('person')) };
    });
  }

  @Post('payees/:payeeId')
  @ApiBody({ type: PayeeBody })
  changePayee(@Param('payeeId') payeeId: string, @Exchanged() exchange: Exchange) {
    return this.endpoint.handle(exchange, 'ChangePayee', PayeeBody, (dto, { idFor }) => ({
      type: 'ChangePayee',
      data: this.persons.identity(payeeId, dto, idFor('person')),
    }));
  }

  @Post('parameters')
  @ApiBody({ type: ParameterBody })
  setParameter(@Exchanged() exchange: Exchange) {
    return this.endpoint.handle(exchange, 'SetParameter', ParameterBody, (dto) => ({
      type: 'SetParameter',
      data: {
        parameterId: dto.parameterId,
        value: { kind: 'integer', integer: dto.integer },
        validFrom: dto.validFrom,
        source: dto.source,
      },
    }));
  }
}
