import type { PlaceBalance } from '#projections/village-balance/query';
import type { Frame } from '#history/questions/frame';
import { handleText } from '#history/questions/handle';
import { presentEvent, type EventView } from './event.ts';

/** A step of a replay, its handles written so that they can be typed again. */
export interface FrameView {
  readonly at: string;
  readonly totals: Frame['balances']['totals'];
  readonly places: Frame['balances']['places'];
  /** Places whose figures the step has changed; absent sides had none. */
  readonly changed: readonly { readonly before?: PlaceBalance; readonly after?: PlaceBalance }[];
  readonly events: readonly EventView[];
  readonly previous?: string;
  readonly next?: string;
}

export const presentFrame = ({
  handle,
  balances,
  changed,
  events,
  ...around
}: Frame): FrameView => ({
  at: handleText(handle),
  totals: balances.totals,
  places: balances.places,
  changed: changed.map(({ before, after }) => ({
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  })),
  events: events.map(presentEvent),
  ...(around.previous === undefined ? {} : { previous: handleText(around.previous) }),
  ...(around.next === undefined ? {} : { next: handleText(around.next) }),
});
