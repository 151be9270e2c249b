import type { RegisterLine } from '#projections/allocation-register/query';
import type { ReadDatabase } from '#projections/engine/read-database';
import {
  draftAnnouncement,
  type DraftRequest,
} from '#presentation/announcement-draft/announcement-draft';
import { draftPage } from '#presentation/announcement-draft/draft-page';
import { draftText } from '#presentation/announcement-draft/draft-text';

/** What is drafted, and whether as a page to be printed or as plain text. */
export interface SignedDraftRequest extends DraftRequest {
  readonly allocations: readonly RegisterLine[];
  readonly isPage: boolean;
}

/** Signs the log up to a position at least; undefined where this process does not sign. */
export type SignThrough = (position: number) => Promise<{ readonly note: string } | undefined>;

/**
 * The text of an announcement with the checkpoint that the ledger can be held to: first the figures,
 * then a signature over all they are made of. Undefined where this process does not sign.
 */
export const signedDraft = async (
  views: { readonly db: ReadDatabase; position(): number },
  { allocations, isPage, ...request }: SignedDraftRequest,
  signThrough: SignThrough,
): Promise<string | undefined> => {
  const position = views.position();
  const draft = draftAnnouncement(views.db, allocations, request);
  const checkpoint = await signThrough(position);
  if (checkpoint === undefined) return undefined;
  const signed = { ...draft, note: checkpoint.note };
  return isPage ? draftPage(signed) : draftText(signed);
};
