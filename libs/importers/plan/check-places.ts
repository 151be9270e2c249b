import { divisionLevel, type DivisionLevel } from '#ledger/division-code';
import type { Findings } from './findings.ts';
import type { KnownLedger } from './known-ledger.ts';
import type { Plan, PlanPlace } from './plan.ts';
import type { PlaceNames } from './plan-notice.ts';

const LEVELS: readonly DivisionLevel[] = ['county', 'town', 'village'];

/** County, town or village, by how many names lead to it. */
export const levelOf = ({ path }: Pick<PlanPlace, 'path'>): DivisionLevel =>
  LEVELS[path.length - 1] ?? 'village';

/**
 * The places of a plan, each once, with its code. A parent is listed or known, a name fits its level, and a
 * code is of the place's level, within its parent's, of one place alone, and the only one of its place.
 */
export const checkPlaces = (
  { places }: Plan,
  { place: known, idOf }: Pick<KnownLedger, 'place'> & Pick<PlaceNames, 'idOf'>,
  findings: Findings,
): readonly PlanPlace[] => {
  const listed = new Map<string, PlanPlace>();
  for (const { path } of places) listed.set(idOf(path), { path });
  const byLevel = places
    .map((place, index) => ({ place, at: `/places/${index}` }))
    .toSorted((left, right) => left.place.path.length - right.place.path.length);
  const placesOfCodes = new Map<string, string>();
  for (const { place, at } of byLevel) {
    const placeId = idOf(place.path);
    const recorded = known(placeId);
    if (recorded === undefined) checkName(place, at, findings);
    const parentId = place.path.length > 1 ? idOf(place.path.slice(0, -1)) : undefined;
    const parent = parentId === undefined ? undefined : known(parentId);
    if (parentId !== undefined && !listed.has(parentId) && parent === undefined) {
      unknownParent(place.path, at, findings);
    }
    const { path, code } = place;
    if (code === undefined) continue;
    checkForm(place, code, `${at}/code`, findings);
    const codeOf = (id: string) => listed.get(id)?.code ?? known(id)?.divisionCode ?? undefined;
    const above = codeAbove(path, (names) => codeOf(idOf(names)));
    const others = { before: codeOf(placeId), above, placesOfCodes };
    checkAgainst(place, code, others, `${at}/code`, findings);
    if (recorded?.divisionCode === null) notAssigned(path, code, findings);
    listed.set(placeId, place);
    placesOfCodes.set(code, path.join(''));
  }
  return [...listed.values()].toSorted((left, right) => left.path.length - right.path.length);
};

/** The code of the nearest place above that has one. */
const codeAbove = (
  path: readonly string[],
  codeOf: (names: readonly string[]) => string | undefined,
): string | undefined => {
  const above = path.map((_name, length) => path.slice(0, length)).slice(1);
  return above.map(codeOf).findLast((code) => code !== undefined);
};

const unknownParent = (path: readonly string[], at: string, findings: Findings): void => {
  const parent = path.slice(0, -1).join('');
  const en = `Its parent “${parent}” is unknown.`;
  findings.fault(`${at}/path`, `上级“${parent}”没有登记,也没有列出。`, en);
};

/** A name that ends as names of a lower level do has most likely slipped into a wrong column. */
const checkName = (place: PlanPlace, at: string, findings: Findings): void => {
  const level = levelOf(place);
  const name = place.path.at(-1) ?? '';
  const lower = level === 'county' ? /(村|社区|镇|乡|街道)$/ : /(村|社区|居委会)$/;
  if (level === 'village' || !lower.test(name)) return;
  const [zh, en] = level === 'county' ? ['县区', 'a county'] : ['乡镇', 'a town'];
  findings.fault(
    `${at}/path/${place.path.length - 1}`,
    `“${name}”写在${zh}一级,看名称不是${zh};请写全县区、乡镇、村。`,
    `“${name}” is listed as ${en}, which its name is not; write county, town and village.`,
  );
};

const checkForm = (place: PlanPlace, code: string, at: string, findings: Findings): void => {
  if (/^\d(\.\d+)?E\+?\d+$/i.test(code)) {
    return findings.fault(
      at,
      `${code} 是电子表格改写过的代码,末几位已经丢失;请把该列设为文本,重新填写 12 位代码。`,
      `${code} is what a spreadsheet made of the code, its last digits are lost; make the column text and write all 12 digits again.`,
    );
  }
  const level = divisionLevel(code);
  if (level === levelOf(place)) return;
  const name = place.path.join('');
  if (/^\d{12}$/.test(code)) {
    return findings.fault(
      at,
      `区划代码 ${code} 与“${name}”的级别不符。`,
      `Division code ${code} is not of the level of “${place.path.join('/')}”.`,
    );
  }
  findings.fault(
    at,
    `“${code}”不是区划代码;统计用区划代码是 12 位数字。`,
    `“${code}” is no division code; these have 12 digits.`,
  );
};

interface OtherCodes {
  /** Of the same place: listed before, or in the ledger. */
  readonly before: string | undefined;
  readonly above: string | undefined;
  readonly placesOfCodes: ReadonlyMap<string, string>;
}

const checkAgainst = (
  place: PlanPlace,
  code: string,
  { before, above, placesOfCodes }: OtherCodes,
  at: string,
  findings: Findings,
): void => {
  const name = place.path.join('');
  if (before !== undefined && before !== code) {
    findings.fault(
      at,
      `“${name}”已有区划代码 ${before},这里是 ${code}。`,
      `“${name}” has the division code ${before} already, not ${code}.`,
    );
  }
  const other = placesOfCodes.get(code);
  if (other !== undefined && other !== name) {
    const en = `Division code ${code} is that of “${other}” already.`;
    findings.fault(at, `区划代码 ${code} 已写给“${other}”。`, en);
  }
  if (above === undefined || divisionLevel(code) !== levelOf(place)) return;
  if (code.startsWith(above.slice(0, divisionLevel(above) === 'town' ? 9 : 6))) return;
  findings.fault(
    at,
    `区划代码 ${code} 不在上级的代码 ${above} 之下。`,
    `Division code ${code} is not within that of the place above it, ${above}.`,
  );
};

const notAssigned = (path: readonly string[], code: string, findings: Findings): void =>
  findings.remark(
    `“${path.join('')}”已登记而没有区划代码;代码 ${code} 不随导入记入,由管理员另行登记。`,
    `“${path.join('')}” is registered without a code; ${code} is not recorded by the import, an administrator assigns it.`,
  );
