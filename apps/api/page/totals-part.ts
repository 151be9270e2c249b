import { openAdjustmentsSentence } from '#presentation/adjustment-sentence';
import { percent, wan } from '#presentation/figures';
import { html, type Html } from './html.ts';
import type { PageData, Say } from './page-data.ts';

/** Five figures, and spending against the calendar. */
export const totalsPart = ({ balances, progress }: PageData, say: Say): Html => {
  const { totals } = balances;
  const paidBp = progress.total.paidOfAllocatedBp;
  const clockBp = progress.timeProgress.bp;
  const tiles = [
    [say('下达', 'Allocated'), totals.allocatedFen],
    [say('到账', 'Arrived'), totals.arrivedFen],
    [say('核拨', 'Released'), totals.releasedFen],
    [say('支付', 'Paid'), totals.paidFen],
    [say('结存', 'On hand'), totals.onHandFen],
  ] as const;
  const { openAdjustments = [] } = balances;
  const open = openAdjustmentsSentence(openAdjustments);
  return html`<section>
    ${openAdjustments.length === 0 ? '' : html`<p><b>${say(open.zh, open.en)}</b></p>`}
    <ul class="tiles">
      ${tiles.map(([label, fen]) => html`<li>${label}<b>${wan(fen)}</b></li>`)}
    </ul>
    <h2>${progress.fiscalYear ?? ''} ${say('年度支出进度', 'spending progress')}</h2>
    <div class="clock" role="img" aria-label="${percent(paidBp)}">
      <i style="width:${((paidBp ?? 0) / 100).toFixed(2)}%"></i>
      <u style="left:calc(${(clockBp / 100).toFixed(2)}% - 3px)"></u>
    </div>
    <p>
      ${say('支付÷下达', 'Paid of allocated')} <b>${percent(paidBp)}</b>,
      ${say('支付÷到账', 'paid of arrived')} ${percent(progress.total.paidOfArrivedBp)},
      ${say('序时进度(竖线)', 'calendar (vertical line)')} ${percent(clockBp)}
    </p>
  </section>`;
};
