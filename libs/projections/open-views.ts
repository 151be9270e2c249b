import { viewEventsOf } from './engine/event-source.ts';
import { RunningViews, type RunningViewsOptions } from './engine/running-views.ts';
import { checkConservation } from './money/conservation.ts';
import { VIEWS } from './registry.ts';

export type ViewsOptions = Pick<RunningViewsOptions, 'file' | 'store'> &
  Partial<Pick<RunningViewsOptions, 'source' | 'views' | 'cacheMb'>>;

const CACHE_MB = 64;

/** Opens views of a log for folding: every view there is, unless some are named. Money is conserved at every commit. */
export const openViews = ({
  store,
  source = viewEventsOf(store),
  views = VIEWS,
  cacheMb = CACHE_MB,
  file,
}: ViewsOptions): RunningViews =>
  new RunningViews({ file, store, source, views, invariant: checkConservation, cacheMb });
