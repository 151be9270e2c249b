import { Controller, Param, Post } from '@nestjs/common';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import { ApiWrites } from './api-writes.ts';
import { CommandEndpoint } from './command-endpoint.ts';
import { Exchanged, type Exchange } from '../http/exchange.ts';
import { AnnouncementBody, AnswerBody, ObjectionBody, Occurrence, RejectionBody } from './dtos.ts';

@ApiTags('announcements')
@ApiWrites()
@Controller('api/v1/announcements')
export class AnnouncementsController {
  constructor(private readonly endpoint: CommandEndpoint) {}

  @Post()
  @ApiBody({ type: AnnouncementBody })
  post(@Exchanged() exchange: Exchange) {
    return this.endpoint.handle(
      exchange,
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
  end(@Param('announcementId') announcementId: string, @Exchanged() exchange: Exchange) {
    return this.endpoint.handle(exchange, 'EndAnnouncement', Occurrence, () => ({
      type: 'EndAnnouncement',
      data: { announcementId },
    }));
  }

  @Post(':announcementId/withdrawal')
  @ApiBody({ type: RejectionBody })
  withdraw(@Param('announcementId') announcementId: string, @Exchanged() exchange: Exchange) {
    return this.endpoint.handle(exchange, 'WithdrawAnnouncement', RejectionBody, ({ reason }) => ({
      type: 'WithdrawAnnouncement',
      data: { announcementId, reason },
    }));
  }

  @Post(':announcementId/objections')
  @ApiBody({ type: ObjectionBody })
  object(@Param('announcementId') announcementId: string, @Exchanged() exchange: Exchange) {
    return this.endpoint.handle(
      exchange,
      'RaiseObjection',
      ObjectionBody,
      ({ matter }, { idFor }) => ({
        type: 'RaiseObjection',
        data: { announcementId, objectionId: idFor('objection', announcementId), matter },
      }),
    );
  }

  @Post(':announcementId/objections/:objectionId/answer')
  @ApiBody({ type: AnswerBody })
  answer(
    @Param('announcementId') announcementId: string,
    @Param('objectionId') objectionId: string,
    @Exchanged() exchange: Exchange,
  ) {
    return this.endpoint.handle(exchange, 'AnswerObjection', AnswerBody, ({ answer }) => ({
      type: 'AnswerObjection',
      data: { announcementId, objectionId, answer },
    }));
  }
}
