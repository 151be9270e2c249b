import { Controller, Param, Post, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiHeader, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { AuthenticatedRequest } from '../auth/auth.guard.ts';
import { CommandDoor } from './command-door.ts';
import { AnnouncementBody, AnswerBody, ObjectionBody, Occurrence, RejectionBody } from './dtos.ts';

@ApiTags('announcements')
@ApiBearerAuth()
@ApiHeader({ name: 'Idempotency-Key', required: true })
@Controller('api/v1/announcements')
export class AnnouncementsController {
  constructor(private readonly door: CommandDoor) {}

  @Post()
  @ApiBody({ type: AnnouncementBody })
  post(@Req() request: AuthenticatedRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.door.handle(
      request,
      reply,
      'PostAnnouncement',
      AnnouncementBody,
      (dto, { idFor }) => {
        const { occurredOn: from, ...announcement } = dto;
        return {
          type: 'PostAnnouncement',
          data: { announcementId: idFor('announcement'), from, ...announcement },
        };
      },
    );
  }

  @Post(':announcementId/end')
  @ApiBody({ type: Occurrence })
  end(
    @Param('announcementId') announcementId: string,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.door.handle(request, reply, 'EndAnnouncement', Occurrence, () => ({
      type: 'EndAnnouncement',
      data: { announcementId },
    }));
  }

  @Post(':announcementId/withdrawal')
  @ApiBody({ type: RejectionBody })
  withdraw(
    @Param('announcementId') announcementId: string,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.door.handle(
      request,
      reply,
      'WithdrawAnnouncement',
      RejectionBody,
      ({ reason }) => ({
        type: 'WithdrawAnnouncement',
        data: { announcementId, reason },
      }),
    );
  }

  @Post(':announcementId/objections')
  @ApiBody({ type: ObjectionBody })
  object(
    @Param('announcementId') announcementId: string,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.door.handle(
      request,
      reply,
      'RaiseObjection',
      ObjectionBody,
      ({ matter }, { idFor }) => ({
        type: 'RaiseObjection',
        data: { announcementId, objectionId: idFor('objection'), matter },
      }),
    );
  }

  @Post(':announcementId/objections/:objectionId/answer')
  @ApiBody({ type: AnswerBody })
  answer(
    @Param('announcementId') announcementId: string,
    @Param('objectionId') objectionId: string,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.door.handle(request, reply, 'AnswerObjection', AnswerBody, ({ answer }) => ({
      type: 'AnswerObjection',
      data: { announcementId, objectionId, answer },
    }));
  }
}
