import type { BalanceReport, PlaceBalance } from '#projections/village-balance/query';
import { shareBp } from '#ledger/share';
import { percent, wan } from '#presentation/figures';
import { html, type Html } from './html.ts';
import type { PageData, Say } from './page-data.ts';

/** Every place with money, town by town, each town with its villages, and all together, with a bar for what was paid. */
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
          ${rowsOf(balances, say).map(row)}
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

type Amounts = Pick<PlaceBalance, 'allocatedFen' | 'arrivedFen' | 'paidFen' | 'onHandFen'>;

interface Row extends Amounts {
  readonly label: string;
  readonly isSum: boolean;
}

/** A town is the sum of its own money, on a row below it, and of its villages; the last row is the sum of all. */
const rowsOf = ({ places, totals }: BalanceReport, say: Say): readonly Row[] => {
  const byTown = Map.groupBy(places, ({ level, path }) =>
    level === 'county' ? '' : path.slice(0, level === 'village' ? -1 : undefined).join('/'),
  );
  const rows = [...byTown].flatMap(([town, members]): readonly Row[] => {
    if (town === '')
      return members.map((place) => ({ ...place, label: labelOf(place), isSum: true }));
    const own = members.map((place) => ({
      ...place,
      label: place.level === 'town' ? `${labelOf(place)} ${say('本级', 'itself')}` : labelOf(place),
      isSum: false,
    }));
    const [first] = members;
    const merged = members.find(({ level }) => level === 'town');
    const label = merged === undefined ? (first?.path.at(-2) ?? '') : labelOf(merged);
    return [{ ...sumOf(members), label, isSum: true }, ...own];
  });
  return [...rows, { ...totals, label: say('合计', 'Total'), isSum: true }];
};

const labelOf = ({ path, mergedFrom }: PlaceBalance): string => {
  const merged = mergedFrom.length > 0 ? ` (← ${mergedFrom.join('、')})` : '';
  return `${path.slice(path.length > 1 ? 1 : 0).join(' ')}${merged}`;
};

const sumOf = (places: readonly Amounts[]): Amounts => {
  const sum = (of: keyof Amounts) => places.reduce((total, place) => total + place[of], 0);
  return {
    allocatedFen: sum('allocatedFen'),
    arrivedFen: sum('arrivedFen'),
    paidFen: sum('paidFen'),
    onHandFen: sum('onHandFen'),
  };
};

const row = ({ label, isSum, ...money }: Row): Html => {
  const bp = shareBp(BigInt(money.paidFen), BigInt(money.allocatedFen));
  return html`<tr${isSum ? { markup: ' class="town"' } : ''}>
    <td>${label}</td>
    <td>${wan(money.allocatedFen)}</td>
    <td>${wan(money.arrivedFen)}</td>
    <td>${wan(money.paidFen)}</td>
    <td>${wan(money.onHandFen)}</td>
    <td>
      <meter min="0" max="10000" value="${bp ?? 0}"></meter>
      ${percent(bp)}
    </td>
  </tr>`;
};
