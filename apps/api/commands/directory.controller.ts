import { Controller, Param, Post, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiHeader, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { AuthenticatedRequest } from '../auth/auth.guard.ts';
import { CommandDoor } from './command-door.ts';
import { CodeBody, MergerBody, NameBody, ParameterBody, PayeeBody, PlaceBody } from './dtos.ts';

/** Places, payees and parameters: what everything else refers to. */
@ApiTags('directory')
@ApiBearerAuth()
@ApiHeader({ name: 'Idempotency-Key', required: true })
@Controller('api/v1')
export class DirectoryController {
  constructor(private readonly door: CommandDoor) {}

  @Post('places')
  @ApiBody({ type: PlaceBody })
  registerPlace(
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.door.handle(request, reply, 'RegisterPlace', PlaceBody, (dto, { idFor }) => {
      const { occurredOn: validFrom, ...place } = dto;
      return { type: 'RegisterPlace', data: { placeId: idFor('place'), validFrom, ...place } };
    });
  }

  @Post('places/:placeId/name')
  @ApiBody({ type: NameBody })
  rename(
    @Param('placeId') placeId: string,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.door.handle(request, reply, 'RenamePlace', NameBody, ({ name }) => ({
      type: 'RenamePlace',
      data: { placeId, name },
    }));
  }

  @Post('places/:placeId/merger')
  @ApiBody({ type: MergerBody })
  merge(
    @Param('placeId') placeId: string,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.door.handle(request, reply, 'MergePlace', MergerBody, ({ intoPlaceId }) => ({
      type: 'MergePlace',
      data: { placeId, intoPlaceId },
    }));
  }

  @Post('places/:placeId/code')
  @ApiBody({ type: CodeBody })
  assignCode(
    @Param('placeId') placeId: string,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.door.handle(request, reply, 'AssignPlaceCode', CodeBody, ({ divisionCode }) => ({
      type: 'AssignPlaceCode',
      data: { placeId, divisionCode },
    }));
  }

  @Post('payees')
  @ApiBody({ type: PayeeBody })
  registerPayee(
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.door.handle(request, reply, 'RegisterPayee', PayeeBody, (dto, { idFor }) => {
      const { occurredOn: _on, ...payee } = dto;
      return { type: 'RegisterPayee', data: { payeeId: idFor('payee'), ...payee } };
    });
  }

  @Post('payees/:payeeId')
  @ApiBody({ type: PayeeBody })
  changePayee(
    @Param('payeeId') payeeId: string,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.door.handle(request, reply, 'ChangePayee', PayeeBody, (dto) => {
      const { occurredOn: _on, ...payee } = dto;
      return { type: 'ChangePayee', data: { payeeId, ...payee } };
    });
  }

  @Post('parameters')
  @ApiBody({ type: ParameterBody })
  setParameter(
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.door.handle(request, reply, 'SetParameter', ParameterBody, (dto) => ({
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
