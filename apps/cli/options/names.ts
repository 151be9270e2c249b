import { documentNumberKey } from '#ledger/document-number';
import { parseAmount, type Fen } from '#ledger/money';
import { isBusinessDate, businessDateOf } from '#ledger/calendar';
import {
  allocation,
  allocations,
  notices,
  type RegisterLine,
} from '#projections/allocation-register/query';
import { findPlace, type PlaceEntry } from '#projections/place-directory/query';
import type { ReadDatabase } from '#projections/engine/read-database';
import type { Clock } from '#application/commands/clock';
import { badInput } from '../session/exit-codes.ts';

/**
 * The allocation a person means: its id, the beginning of one, or `<文号>/<附件>/<行>` such as
 * `朔区脱贫巩固组〔2024〕2号/3/1`.
 */
export const findAllocation = (db: ReadDatabase, name: string): RegisterLine => {
  const exact = allocation(db, name);
  if (exact !== undefined) return exact;
  const { lines } = allocations(db, { limit: 1_000_000 });
  const found = lines.filter((line) => isMeant(line, name));
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  if (only === undefined) {
    throw badInput(
      `没有资金安排“${name}”。用 mz register 查看编号。`,
      `There is no allocation “${name}”. See mz register.`,
    );
  }
  const some = found.slice(0, 5).map(({ allocationId }) => allocationId);
  throw badInput(
    `“${name}”不止一笔:${some.join('、')}…`,
    `“${name}” is ambiguous: ${some.join(', ')}…`,
  );
};

const isMeant = (line: RegisterLine, name: string): boolean => {
  if (name.length >= 4 && line.allocationId.startsWith(name)) return true;
  const [, documentNumber = '', annex, row] = /^(.*)\/([^/]+)\/(\d+)$/.exec(name) ?? [];
  // A row that was voided is no longer what its number means.
  if (line.annex !== annex || line.line !== Number(row) || line.status === 'void') return false;
  return documentNumberKey(line.documentNumber) === documentNumberKey(documentNumber);
};

/** The place a person means, by its full name. */
export const findPlaceNamed = (db: ReadDatabase, name: string): PlaceEntry => {
  const found = findPlace(db, name);
  if (found.kind === 'found') return found.place;
  const others = found.kind === 'ambiguous' ? found.candidates : found.near;
  const listed = others.map(({ path }) => path.join('/')).join('、');
  throw badInput(
    `${found.kind === 'ambiguous' ? '不止一个' : '没有登记过'}“${name}”${listed === '' ? '' : `,是否指 ${listed}`}。`,
    `“${name}” is ${found.kind}${listed === '' ? '' : `; did you mean ${listed}`}.`,
  );
};

type NoticeEntry = ReturnType<typeof notices>[number];

/** The notice a person means, by document number, however it is written, or id. */
export const findNotice = (db: ReadDatabase, name: string): NoticeEntry => {
  const key = documentNumberKey(name);
  const all = notices(db);
  const named = all.filter(({ documentNumber }) => documentNumberKey(documentNumber) === key);
  const found =
    all.find(({ noticeId }) => noticeId === name) ??
    named.find(({ withdrawnOn }) => withdrawnOn === null) ??
    named.at(-1);
  if (found !== undefined) return found;
  const some = all.slice(0, 5).map(({ documentNumber }) => documentNumber);
  throw badInput(
    `没有资金文件“${name}”${some.length === 0 ? '' : `;有:${some.join('、')}`}。`,
    `There is no notice “${name}”${some.length === 0 ? '' : `: ${some.join(', ')}`}.`,
  );
};

/** `160万元`, `160万` or `1600000元`. Digits alone are refused: 160 is as easily 160 yuan as 160万元. */
export const readAmount = (text: string): Fen => {
  const [, digits = '', unit] = /^(.*?)(万元|万|元)?$/.exec(text.trim()) ?? [];
  if (unit === undefined && /^[\d.,\uFF0C]+$/.test(digits)) {
    throw badInput(
      `“${text}”没有写单位;请写 ${digits}元 或 ${digits}万元。`,
      `“${text}” has no unit; write ${digits}元 (yuan) or ${digits}万元 (ten thousand yuan).`,
    );
  }
  const parsed = parseAmount(digits, unit?.startsWith('万') === true ? '万元' : '元');
  if (parsed.kind === 'amount' && parsed.amountFen > 0n) return parsed.amountFen;
  throw badInput(
    `“${text}”不是金额;请写 160万元 或 1600000元,精确到分。`,
    `“${text}” is no amount; write 160万元 or 1600000元, to the fen at most.`,
  );
};

/** A business date, or today in Shanghai by the clock. */
export const readDate = (text: string | undefined, clock: Clock): string => {
  if (text === undefined) return businessDateOf(clock());
  if (isBusinessDate(text)) return text;
  throw badInput(
    `“${text}”不是存在的日期(YYYY-MM-DD)。`,
    `“${text}” is not a day that exists (YYYY-MM-DD).`,
  );
};

export const readYear = (text: string): number => {
  if (/^\d{4}$/.test(text)) return Number(text);
  throw badInput(`“${text}”不是年份。`, `“${text}” is no year.`);
};

/** How many: a positive whole number. */
export const readCount = (text: string, least: 0 | 1 = 1): number => {
  if (/^\d{1,9}$/.test(text) && Number(text) >= least) return Number(text);
  throw badInput(`“${text}”不是正整数。`, `“${text}” is no positive whole number.`);
};
