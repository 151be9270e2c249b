import type { PlaceBalance } from '#projections/village-balance/query';
import { shareBp } from '#ledger/share';
import { percent, wan } from '#presentation/figures';
import { html, type Html } from './html.ts';
import type { PageData, Say } from './page-data.ts';

/** Every place with money, town by town, with a bar for what was paid. */
export const balancesPart = ({ balances }: PageData, say: Say): Html => {
  const { villages, unplaced, totals } = balances;
  return html`<section>
    <h2>${say('各村资金', 'Funds by village')}</h2>
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th>${say('地点', 'Place')}</th>
            <th>${say('下达', 'Allocated')}</th>
            <th>${say('到账', 'Arrived')}</th>
            <th>${say('支付', 'Paid')}</th>
            <th>${say('结存', 'On hand')}</th>
            <th>${say('支付÷下达', 'Paid')}</th>
          </tr>
        </thead>
        <tbody>
          ${balances.places.map(row)}
        </tbody>
      </table>
    </div>
    <p class="soft">
      ${say('村', 'Villages')} ${wan(villages.allocatedFen)} +
      ${say('乡镇和县级', 'towns and county')} ${wan(unplaced.allocatedFen)} =
      ${wan(totals.allocatedFen)} 万元
    </p>
  </section>`;
};

const row = (place: PlaceBalance): Html => {
  const bp = shareBp(BigInt(place.paidFen), BigInt(place.allocatedFen));
  const merged = place.mergedFrom.length > 0 ? ` (← ${place.mergedFrom.join('、')})` : '';
  return html`<tr${place.level === 'village' ? '' : { markup: ' class="town"' }}>
    <td>${place.path.slice(place.path.length > 1 ? 1 : 0).join(' ')}${merged}</td>
    <td>${wan(place.allocatedFen)}</td>
    <td>${wan(place.arrivedFen)}</td>
    <td>${wan(place.paidFen)}</td>
    <td>${wan(place.onHandFen)}</td>
    <td>
      <meter min="0" max="10000" value="${bp ?? 0}"></meter>
      ${percent(bp)}
    </td>
  </tr>`;
};
