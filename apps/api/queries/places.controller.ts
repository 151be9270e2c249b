import { Get, Req, Res } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { places } from '#application/queries/places';
import { PLACE_LEVELS } from './place-levels.ts';
import { present, readQuery } from './query-parameters.ts';
import { QueryResponder } from './query-responder.ts';
import { OperationId, QuestionController } from './question-controller.ts';

/** Places with their names from the county down. */
@QuestionController('views')
export class PlacesController {
  constructor(private readonly responder: QueryResponder) {}

  @Get('places')
  @OperationId('QueriesController_places')
  @ApiQuery({ name: 'level', required: false, enum: PLACE_LEVELS })
  @ApiQuery({ name: 'parentId', required: false })
  @ApiQuery({ name: 'name', required: false })
  places(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const filter = readQuery(request.query, ['level', 'parentId', 'name'], (read) =>
      present({
        level: read.oneOf('level', PLACE_LEVELS),
        parentId: read.text('parentId'),
        name: read.text('name'),
      }),
    );
    return this.responder.answer(request, reply, places, filter);
  }
}
