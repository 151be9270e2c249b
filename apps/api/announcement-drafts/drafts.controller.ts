import { Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { allocation, type RegisterLine } from '#projections/allocation-register/query';
import { place } from '#projections/place-directory/query';
import type { Signing } from '#transparency-log/sign/signing';
import type { Ledger } from '#wiring/ledger';
import { signedDraft } from '#exports/signed-draft';
import { actorOf, type AuthenticatedRequest } from '../http/authenticated-request.ts';
import { permitted } from '../commands/not-recorded.ts';
import { DraftBody } from '../commands/dtos.ts';
import { validated } from '../commands/validate.ts';
import { openAdjustmentsOn } from '#application/queries/noting';
import { posterRefusedSentence } from '#presentation/adjustment-sentence';
import { faulty, ProblemException, type Fault } from '../problems/problem.ts';
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
    const isPage = request.headers.accept?.includes('text/html') === true;
    const asked = this.#requestOf(validated(DraftBody, request.body));
    this.#refuseWhileAdjusted(asked);
    const text = await signedDraft(this.ledger.views, { ...asked, isPage }, (position) =>
      this.signing.reach(position),
    );
    if (text === undefined) throw notSigning(this.signing);
    await reply.type(`${isPage ? 'text/html' : 'text/plain'}; charset=utf-8`).send(text);
  }

  #refuseWhileAdjusted({ placeId, allocations }: Drafted): void {
    const { views } = this.ledger;
    const allocationIds = allocations.map(({ allocationId }) => allocationId);
    const concerned = { allocationIds, placeIds: [placeId] };
    const open = openAdjustmentsOn(views.db, views.position(), concerned);
    if (open.length === 0) return;
    const { zh, en } = posterRefusedSentence(open);
    throw new ProblemException({
      status: 409,
      code: 'adjustment-open',
      detail: zh,
      detailEn: en,
    });
  }

  #requestOf({ occurredOn: from, allocationIds, ...request }: DraftBody) {
    const { db } = this.ledger.views;
    const lines = allocationIds.map((id) => allocation(db, id));
    const unknown = [
      ...lines.flatMap((line, at) => (line === undefined ? [`/allocationIds/${at}`] : [])),
      ...(place(db, request.placeId) === undefined ? ['/placeId'] : []),
    ];
    if (unknown.length > 0) throw faulty(unknown.map(notThere));
    return { ...request, from, allocations: lines.flatMap((line) => line ?? []) };
  }
}

interface Drafted {
  readonly placeId: string;
  readonly allocations: readonly RegisterLine[];
}

const notThere = (pointer: string): Fault => ({
  pointer,
  detail: '台账里没有',
  detailEn: 'The ledger has none of this id',
});
