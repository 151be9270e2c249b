import type { Command } from 'commander';
import { balances } from '#application/queries/balances';
import { footnote } from '#presentation/footnote';
import type { PlaceBalance } from '#projections/village-balance/query';
import { withQuestions } from '../ask.ts';
import { withAsOfOptions, type AsOfOptions } from '../options/as-of.ts';
import { shareBp } from '#ledger/share';
import { findPlaceNamed } from '../options/names.ts';
import { bar, percent, wan } from '#presentation/figures';
import { run } from '../session/run.ts';
import type { Session } from '../session/session.ts';
import { amountColumn } from '../output/table.ts';

interface Options extends AsOfOptions {
  readonly town?: string;
}

export const registerBalances = (program: Command, session: Session): void => {
  const { print, printJson, printTable } = session.terminal;
  withAsOfOptions(program.command('balances [place]'), session)
    .description('各村资金余额 balances of places')
    .option('--town <name>', '只看一个乡镇 one town only')
    .action((place: string | undefined, options: Options) =>
      run(session, options.lang, () =>
        withQuestions(session, options, async (ask) => {
          const { answer, reflects } = await ask(balances, ({ db }) => ({
            ...(place === undefined ? {} : { placeId: findPlaceNamed(db, place).placeId }),
            ...(options.town === undefined
              ? {}
              : { townId: findPlaceNamed(db, options.town).placeId }),
          }));
          if (options.json === true) return printJson({ reflects, ...answer });
          printTable(columns(options.lang), answer.places);
          const { totals, villages, unplaced } = answer;
          print('');
          print(
            `合计 下达 ${wan(totals.allocatedFen)} 到账 ${wan(totals.arrivedFen)} 支付 ${wan(totals.paidFen)} 结存 ${wan(totals.onHandFen)} 万元`,
          );
          print(
            `其中 村 ${wan(villages.allocatedFen)} + 乡镇和县级 ${wan(unplaced.allocatedFen)} = ${wan(totals.allocatedFen)} 万元;${footnote(reflects)}`,
          );
        }),
      ),
    );
};

const columns = (lang: string) => {
  const title = (zh: string, en: string) => (lang === 'en' ? en : zh);
  return [
    { title: title('地点', 'place'), of: (row: PlaceBalance) => row.path.join('/') },
    amountColumn(title('下达(万元)', 'allocated'), (row: PlaceBalance) => row.allocatedFen),
    amountColumn(title('到账', 'arrived'), (row: PlaceBalance) => row.arrivedFen),
    amountColumn(title('核拨', 'released'), (row: PlaceBalance) => row.releasedFen),
    amountColumn(title('支付', 'paid'), (row: PlaceBalance) => row.paidFen),
    amountColumn(title('结存', 'on hand'), (row: PlaceBalance) => row.onHandFen),
    {
      title: title('支付÷下达', 'paid'),
      of: (row: PlaceBalance) => `${bar(share(row))} ${percent(share(row))}`,
    },
  ];
};

const share = ({ paidFen, allocatedFen }: PlaceBalance): number | null =>
  shareBp(BigInt(paidFen), BigInt(allocatedFen));
