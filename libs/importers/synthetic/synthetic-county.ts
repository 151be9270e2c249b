import { addDays, type BusinessDate } from '#ledger/calendar';
import type { Actor } from '#ledger/context';
import type { LedgerCommand } from '#ledger/ledger-events';
import { allocationIdOf, idOf, placeIdOf } from '#event-codec/ids';
import type { NoticeToIssue } from '#ledger/notice/notice-commands';
import type { AnnexLine } from '#ledger/notice/notice-events';
import { createRandom, type Random } from './random.ts';

export interface SyntheticSize {
  readonly villages: number;
  readonly years: number;
  readonly seed: number;
}

/** One command of a made-up history. */
export interface SyntheticCommand {
  readonly command: LedgerCommand;
  readonly actor: Actor;
  readonly on: BusinessDate;
}

const CLERK: Actor = { id: 'syn-clerk', organisation: '合成县农业农村局', role: 'clerk' };
const FINANCE: Actor = { id: 'syn-finance', organisation: '合成县财政局', role: 'finance' };
const TOWNSHIP: Actor = { id: 'syn-township', organisation: '合成乡镇', role: 'township' };
const ADMINISTRATOR: Actor = { id: 'syn-admin', organisation: '合成县', role: 'administrator' };

const VILLAGES_A_TOWN = 18;
const TOWNS_A_COUNTY = 14;
const LINES_AN_ANNEX = 60;
const FIRST_YEAR = 2021;
const TYPES = ['产业发展', '基础设施', '人居环境', '就业帮扶', null] as const;

/**
 * A fictitious county, or a province of several, year after year: notices, arrivals, requests,
 * approvals, payments, corrections, announcements and mergers in realistic proportions.
 * The same size and seed give the same commands in the same order.
 */
export function* syntheticCounty(size: SyntheticSize): Generator<SyntheticCommand> {
  const random = createRandom(size.seed);
  const villages = yield* registerPlaces(size.villages);
  const payees = yield* registerPayees(Math.max(3, Math.floor(size.villages / 8)));
  for (let year = FIRST_YEAR; year < FIRST_YEAR + size.years; year++) {
    yield* inOrderOfDays(yearOf(year, villages, payees, random));
  }
}

function* yearOf(
  year: number,
  villages: readonly Village[],
  payees: readonly string[],
  random: Random,
): Generator<SyntheticCommand> {
  for (const funds of yield* issueNotices(year, villages, random)) {
    yield* spend(funds, payees, random);
  }
  yield* mergeSome(year, villages, random);
}

/** As a county would record them: day by day, and within a day in the order they were made up. */
const inOrderOfDays = (commands: Iterable<SyntheticCommand>): readonly SyntheticCommand[] =>
  [...commands].sort((left, right) => (left.on < right.on ? -1 : left.on > right.on ? 1 : 0));

interface Village {
  readonly placeId: string;
  readonly countyId: string;
  merged: boolean;
}

/** One line of money on its way. */
interface Funds {
  readonly allocationId: string;
  readonly placeId: string;
  readonly issuedOn: BusinessDate;
  readonly amountFen: bigint;
}

function* registerPlaces(count: number): Generator<SyntheticCommand, Village[]> {
  const villages: Village[] = [];
  const on = `${FIRST_YEAR}-01-04`;
  const register = (path: readonly string[]): SyntheticCommand => ({
    actor: ADMINISTRATOR,
    on,
    command: {
      type: 'RegisterPlace',
      data: {
        placeId: placeIdOf(path),
        level: (['county', 'town', 'village'] as const)[path.length - 1] ?? 'village',
        name: path.at(-1) ?? '',
        validFrom: on,
        ...(path.length > 1 ? { parentId: placeIdOf(path.slice(0, -1)) } : {}),
      },
    },
  });
  for (let number = 0; number < count; number++) {
    const town = Math.floor(number / VILLAGES_A_TOWN);
    const county = Math.floor(town / TOWNS_A_COUNTY);
    const countyPath = [`合成${county + 1}县`];
    const townPath = [...countyPath, `合成${town + 1}乡`];
    const path = [...townPath, `合成${number + 1}村`];
    if (number % (VILLAGES_A_TOWN * TOWNS_A_COUNTY) === 0) yield register(countyPath);
    if (number % VILLAGES_A_TOWN === 0) yield register(townPath);
    yield register(path);
    villages.push({ placeId: placeIdOf(path), countyId: placeIdOf(countyPath), merged: false });
  }
  return villages;
}

function* registerPayees(count: number): Generator<SyntheticCommand, readonly string[]> {
  const payeeIds: string[] = [];
  for (let number = 1; number <= count; number++) {
    const payeeId = idOf('synthetic-payee', `${number}`);
    const name = `合成${number}农业有限公司`;
    payeeIds.push(payeeId);
    yield {
      actor: CLERK,
      on: `${FIRST_YEAR}-01-05`,
      command: { type: 'RegisterPayee', data: { payeeId, kind: 'enterprise', name } },
    };
  }
  return payeeIds;
}

/** Two batches a year; each village has a line in most of them. */
function* issueNotices(
  year: number,
  villages: readonly Village[],
  random: Random,
): Generator<SyntheticCommand, readonly Funds[]> {
  const funds: Funds[] = [];
  const live = villages.filter(({ merged }) => !merged);
  for (const batch of [1, 2]) {
    const issuedOn = `${year}-${batch === 1 ? '03' : '08'}-1${batch}`;
    for (let first = 0, part = 1; first < live.length; first += LINES_AN_ANNEX, part++) {
      const chosen = live.slice(first, first + LINES_AN_ANNEX).filter(() => !random.oneIn(5));
      if (chosen.length === 0) continue;
      const notice = noticeFor(year, batch, part, chosen, random);
      yield { actor: CLERK, on: issuedOn, command: { type: 'IssueNotice', data: notice } };
      for (const line of notice.annexes[0]?.lines ?? []) {
        const allocation = allocate(notice, line);
        yield { actor: CLERK, on: issuedOn, command: allocation };
        const { allocationId, placeId, amountFen } = allocation.data;
        funds.push({ allocationId, placeId, amountFen, issuedOn });
      }
    }
  }
  return funds;
}

const noticeFor = (
  year: number,
  batch: number,
  part: number,
  villages: readonly Village[],
  random: Random,
): NoticeToIssue => {
  const number = `合农发〔${year}〕${batch * 1_000 + part}号`;
  return {
    noticeId: idOf('synthetic-notice', number),
    title: `${year}年第${batch}批衔接资金项目计划(合成)`,
    documentNumber: { raw: number, normalised: number },
    issuer: '合成县衔接领导小组',
    basis: [],
    programme: 'transition',
    fiscalYear: year,
    batch: `${year}年第${batch}批`,
    fundingLevel: random.pick(['central', 'provincial', 'municipal', 'county'] as const),
    annexes: [
      {
        annex: '1',
        title: '项目资金计划表(合成)',
        lines: villages.map((village, index) => lineFor(village, index + 1, random)),
      },
    ],
  };
};

const lineFor = (village: Village, row: number, random: Random): AnnexLine => {
  const wan = random.between(5, 60);
  const projectType = random.pick(TYPES);
  return {
    row,
    placeId: village.placeId,
    placeText: `第${row}行`,
    amountFen: BigInt(wan) * 1_000_000n,
    stated: { text: `${wan}`, unit: '万元' },
    ...(projectType === null ? {} : { project: { name: `${projectType}项目`, projectType } }),
  };
};

const allocate = (notice: NoticeToIssue, line: AnnexLine) => {
  const { noticeId, programme, fiscalYear, batch, fundingLevel } = notice;
  const { row, placeId, amountFen, stated, project } = line;
  return {
    type: 'AllocateFunds' as const,
    data: {
      allocationId: allocationIdOf(noticeId, '1', row),
      noticeId,
      annex: '1',
      row,
      placeId,
      amountFen,
      programme,
      fiscalYear,
      batch,
      fundingLevel,
      stated,
      ...(project === undefined ? {} : { project }),
    },
  };
};

/** Money arrives in one or two parts, is announced, asked for, approved and paid in stages; some goes wrong. */
function* spend(
  { allocationId, placeId, issuedOn, amountFen }: Funds,
  payees: readonly string[],
  random: Random,
): Generator<SyntheticCommand> {
  const by = (actor: Actor, days: number, command: LedgerCommand): SyntheticCommand => ({
    actor,
    on: addDays(issuedOn, days),
    command,
  });
  if (!random.oneIn(6)) {
    const announcementId = idOf('synthetic-announcement', allocationId);
    const from = addDays(issuedOn, 5);
    yield by(TOWNSHIP, 5, {
      type: 'PostAnnouncement',
      data: {
        announcementId,
        stage: 'plan',
        allocationIds: [allocationId],
        placeId,
        level: 'village',
        medium: '村务公开栏(合成)',
        from,
        plannedUntil: addDays(from, 10),
        dayCount: 'calendar',
        contentSha256: '0'.repeat(64),
      },
    });
    yield by(TOWNSHIP, 16, { type: 'EndAnnouncement', data: { announcementId } });
  }
  if (random.oneIn(12)) return;
  const arrivedFen = random.oneIn(4) ? amountFen / 2n : amountFen;
  const arrival = { allocationId, amountFen: arrivedFen };
  yield by(FINANCE, random.between(15, 45), { type: 'ReceiveFunds', data: arrival });
  const payments = random.between(1, 4);
  for (let number = 1; number <= payments; number++) {
    const paidFen = (arrivedFen * BigInt(random.between(40, 100))) / (100n * BigInt(payments));
    yield* pay(by, allocationId, number, paidFen, random.pick(payees), random);
  }
}

function* pay(
  by: (actor: Actor, days: number, command: LedgerCommand) => SyntheticCommand,
  allocationId: string,
  number: number,
  amountFen: bigint,
  payeeId: string,
  random: Random,
): Generator<SyntheticCommand> {
  const requestId = idOf('synthetic-request', allocationId, `${number}`);
  const paymentId = idOf('synthetic-payment', allocationId, `${number}`);
  const day = 50 + number * 20;
  const purpose = '进度款(合成)';
  const asked = { allocationId, requestId, payeeId, amountFen, from: 'treasury', purpose } as const;
  const voucher = `合成-${number}`;
  yield by(CLERK, day, { type: 'RequestDisbursement', data: { ...asked, stage: 'progress' } });
  yield by(FINANCE, day + 2, { type: 'ApproveDisbursement', data: { allocationId, requestId } });
  yield by(FINANCE, day + 3, {
    type: 'DisburseFunds',
    data: { ground: 'request', allocationId, requestId, paymentId, voucher },
  });
  if (!random.oneIn(40)) return;
  const reversalId = idOf('synthetic-reversal', allocationId, `${number}`);
  const reason = '收款账号有误(合成)';
  yield by(FINANCE, day + 6, {
    type: 'ReverseDisbursement',
    data: { allocationId, paymentId, reversalId, amountFen, reason },
  });
}

/** Now and then a village joins its neighbour at the end of the year. */
function* mergeSome(
  year: number,
  villages: readonly Village[],
  random: Random,
): Generator<SyntheticCommand> {
  for (const [index, village] of villages.entries()) {
    const neighbour = villages[index + 1];
    if (neighbour === undefined || village.merged || neighbour.merged || !random.oneIn(150))
      continue;
    village.merged = true;
    const merger = { placeId: village.placeId, intoPlaceId: neighbour.placeId };
    yield {
      actor: ADMINISTRATOR,
      on: `${year}-12-20`,
      command: { type: 'MergePlace', data: merger },
    };
  }
}
