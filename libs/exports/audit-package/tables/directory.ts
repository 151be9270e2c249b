import { payees, type DirectoryPayee } from '#projections/place-directory/payees';
import { places, type PlaceEntry } from '#projections/place-directory/query';
import type { Scope } from '../scope.ts';
import { columnsOf, type Table } from '../table.ts';

const place = columnsOf<PlaceEntry>();

export const PLACES: Table<PlaceEntry> = {
  name: 'places',
  zh: '县、镇、村',
  en: 'counties, towns and villages',
  source: 'place-directory',
  indexed: ['placeId', 'parentId'],
  columns: [
    place.text('placeId', '地点编号', 'place', (row) => row.placeId),
    place.text('level', '级别', 'level', (row) => row.level),
    place.text('name', '现名', 'name now', (row) => row.name),
    place.text('path', '由县到村', 'names from the county down', (row) => row.path.join('/')),
    place.text('parentId', '上级地点编号', 'place it belongs to', (row) => row.parentId),
    place.text('divisionCode', '区划代码', 'division code', (row) => row.divisionCode),
    place.text('validFrom', '自何日起', 'since', (row) => row.validFrom),
    place.text('mergedInto', '并入地点编号', 'place it was merged into', (row) => row.mergedInto),
    place.text('mergedOn', '并入日期', 'merged on', (row) => row.mergedOn),
  ],
};

export const placeRows = ({ db }: Scope): readonly PlaceEntry[] => places(db);

const payee = columnsOf<DirectoryPayee>();

export const PAYEES: Table<DirectoryPayee> = {
  name: 'payees',
  zh: '收款人;个人只有编号',
  en: 'payees; of persons there is no more than an id',
  source: 'place-directory',
  indexed: ['payeeId'],
  columns: [
    payee.text('payeeId', '收款人编号', 'payee', (row) => row.payeeId),
    payee.text('kind', '种类', 'kind', (row) => row.kind),
    payee.text('name', '名称', 'name', (row) => row.name),
    payee.text(
      'creditCode',
      '统一社会信用代码',
      'unified social credit code',
      (row) => row.creditCode,
    ),
    payee.text(
      'mergedInto',
      '并入收款人编号',
      'payee it was merged into',
      (row) => row.mergedInto ?? null,
    ),
    payee.text('mergedOn', '并入日期', 'merged on', (row) => row.mergedOn ?? null),
  ],
};

export const payeeRows = ({ db }: Scope): readonly DirectoryPayee[] => payees(db);
