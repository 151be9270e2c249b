import type { RecordedEvent } from '../port.ts';

/** One batch at a time: what comes in while it is taken is the next. After an error nothing more is taken. */
export const takingInTurn = (
  atMost: number,
  take: (events: readonly RecordedEvent[]) => Promise<void>,
  onError: (error: unknown) => void,
): ((event: RecordedEvent) => void) => {
  let gathered: RecordedEvent[] = [];
  let isTaking = false;
  let hasFailed = false;
  const takeAll = async (): Promise<void> => {
    isTaking = true;
    while (gathered.length > 0) await take(gathered.splice(0, atMost));
    isTaking = false;
  };
  return (event) => {
    if (hasFailed) return;
    gathered.push(event);
    if (isTaking) return;
    takeAll().catch((error: unknown) => {
      hasFailed = true;
      gathered = [];
      onError(error);
    });
  };
};
