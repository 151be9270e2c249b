import { StoreUnusable } from '#event-store/store-unusable';
import type { PublishedCheckpoint } from '../checkpoints/checkpoint-files.ts';
import type { SignableLedger } from '../ledgers.ts';
import { publishTiles } from './publish-tiles.ts';

/** Writes each checkpoint once, and says once why it cannot be. */
export const openPublishing = (
  directory: string | undefined,
  { tree }: Pick<SignableLedger, 'tree'>,
  onTrouble: (trouble: StoreUnusable) => void,
) => {
  let published: string | undefined;
  let reported: string | undefined;
  return (checkpoint: PublishedCheckpoint | undefined): void => {
    if (directory === undefined || checkpoint === undefined || checkpoint.note === published)
      return;
    try {
      publishTiles(directory, checkpoint, tree);
      [published, reported] = [checkpoint.note, undefined];
    } catch (error) {
      const unable = error instanceof StoreUnusable ? error : notPublished(directory, error);
      if (unable.message !== reported) onTrouble(unable);
      reported = unable.message;
    }
  };
};

const notPublished = (directory: string, cause: unknown): StoreUnusable => {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new StoreUnusable(
    'directory-unusable',
    `The checkpoint could not be published in ${directory}; it is tried again. ${why}`,
    `检查点没能公布到 ${directory};稍后再试。${why}`,
    cause,
  );
};
