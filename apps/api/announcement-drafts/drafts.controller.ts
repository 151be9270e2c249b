import { Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { allocation } from '#projections/allocation-register/query';
import { place } from '#projections/place-directory/query';
import type { Signing } from '#transparency-log/sign/signing';
import type { Ledger } from '#wiring/ledger';
import { draftPage } from '#presentation/announcement-draft/draft-page';
import { draftText } from '#presentation/announcement-draft/draft-text';
import {
  draftAnnouncement,
  type AnnouncementDraft,
} from '#presentation/announcement-draft/announcement-draft';
import { actorOf, type AuthenticatedRequest } from '../http/authenticated-request.ts';
import { permitted } from '../commands/not-recorded.ts';
import { DraftBody } from '../commands/dtos.ts';
import { validated } from '../commands/validate.ts';
import { faulty, type Fault } from '../problems/problem.ts';
import { notSigning } from '../proof/not-signing.ts';
import { LEDGER, SIGNING } from '../tokens-of-injection.ts';

/** The text of an announcement out of the ledger, with the checkpoint that holds the ledger to it. */
@ApiTags('announcements')
@Controller('api/v1/announcements/drafts')
export class DraftsController {
  constructor(
    @Inject(LEDGER) private readonly ledger: Ledger,
    @Inject(SIGNING) private readonly signing: Signing,
  ) {}

  /** Records nothing. The figures are those of now, and the checkpoint holds all they are made of. */
  @Post()
  @HttpCode(200)
  @ApiBearerAuth()
  @ApiOperation({
    summary: '起草公示文稿,带检查点和二维码 draft the text, with checkpoint and QR code',
    description: 'Accept: text/html 得到可打印的 A4 页 a page to be printed; otherwise plain text.',
  })
  @ApiBody({ type: DraftBody })
  @ApiProduces('text/plain', 'text/html')
  async draft(@Req() request: AuthenticatedRequest, @Res() reply: FastifyReply): Promise<void> {
    permitted(actorOf(request), 'PostAnnouncement');
    const { views } = this.ledger;
    const asOf = views.position();
    const drafted = this.#posterOf(validated(DraftBody, request.body));
    const checkpoint = await this.signing.reach(asOf);
    if (checkpoint === undefined) throw notSigning(this.signing);
    const draft = { ...drafted, note: checkpoint.note };
    const isPage = request.headers.accept?.includes('text/html') === true;
    const type = isPage ? 'text/html' : 'text/plain';
    await reply
      .type(`${type}; charset=utf-8`)
      .send(isPage ? await draftPage(draft) : draftText(draft));
  }

  #posterOf({ occurredOn: from, allocationIds, ...request }: DraftBody): AnnouncementDraft {
    const { db } = this.ledger.views;
    const lines = allocationIds.map((id) => allocation(db, id));
    const unknown = [
      ...lines.flatMap((line, at) => (line === undefined ? [`/allocationIds/${at}`] : [])),
      ...(place(db, request.placeId) === undefined ? ['/placeId'] : []),
    ];
    if (unknown.length > 0) throw faulty(unknown.map(notThere));
    return draftAnnouncement(
      db,
      lines.flatMap((line) => line ?? []),
      { ...request, from },
    );
  }
}

const notThere = (pointer: string): Fault => ({
  pointer,
  detail: '台账里没有',
  detailEn: 'The ledger has none of this id',
});
