import { commandIdOf, nextEditionIdOf, noticeIdOf, placeIdOf } from '#event-codec/ids';
import type { BusinessDate } from '#ledger/calendar';
import { parseDocumentNumber } from '#ledger/document-number';
import { identifyNotice, type NumberedNotice } from '#ledger/notice/notice-identity';
import type { NoticeToIssue } from '#ledger/notice/notice-commands';
import { checkYears } from './check-cells.ts';
import { checkPlaces, levelOf } from './check-places.ts';
import { checkAmbiguous, idNamed, placesNamedOn, type NamedPlace } from './find-places.ts';
import { createFindings, type Findings, type Remark } from './findings.ts';
import { maskPersonal } from './mask-personal.ts';
import type { KnownLedger } from './known-ledger.ts';
import { issueOf, type PlannedCommand } from './notice-commands.ts';
import type { Plan, PlanFault, PlanNotice, PlanPlace, Read, ReadPlan } from './plan.ts';
import { toNotice, type NamedNotice } from './plan-notice.ts';

/** What a plan comes to: the notice, and the commands that record it and its places, in order. */
export interface PlannedImport {
  readonly notice: NoticeToIssue;
  readonly places: readonly PlannedCommand[];
  readonly issue: PlannedCommand;
  /** What has been confirmed, and what the import leaves to others. */
  readonly remarks: readonly Remark[];
}

/**
 * Checks what a plan means and turns it into commands. Every fault comes at once, those of form
 * among them: amounts that are none, totals that differ, places that are not registered, rows that
 * stand twice, and questions that the plan does not answer.
 */
export const planImport = (
  { plan, faults, placeOf }: ReadPlan,
  known: KnownLedger,
): Read<PlannedImport> => {
  const planned = plan === undefined ? NOTHING : planCommands(plan, known);
  if (faults.length === 0 && planned.kind === 'read') return planned;
  const meant = planned.kind === 'faulty' ? planned.faults : [];
  const all = [...faults, ...meant.filter(({ at }) => !isMoot(at, faults))];
  return { kind: 'faulty', faults: all.map((fault) => ({ ...fault, at: placeOf(fault.at) })) };
};

const NOTHING: Read<PlannedImport> = { kind: 'faulty', faults: [] };

/** What a fault of form has made unreadable is not judged by its meaning as well. */
const isMoot = (at: string, faultsOfForm: readonly PlanFault[]): boolean => {
  const [annex = '/'] = /^\/annexes\/\d+\//.exec(at) ?? [];
  const isTotal = at.endsWith('/statedTotal');
  return faultsOfForm.some(
    (fault) =>
      at === fault.at ||
      at.startsWith(`${fault.at}/`) ||
      fault.at.startsWith(`${at}/`) ||
      fault.at === `${annex}unit` ||
      // The faulty line may have been a row of any annex.
      (isTotal && (fault.at.startsWith(annex) || !fault.at.startsWith('/'))),
  );
};

const planCommands = (printed: Plan, known: KnownLedger): Read<PlannedImport> => {
  const findings = createFindings(printed);
  const plan = maskPersonal(printed, findings);
  const { date } = plan.notice;
  const find = placesNamedOn(known.places, date);
  const idOf = (path: readonly string[]) => idNamed(find(path), path);
  const places = checkPlaces(plan, { idOf, ...known }, findings);
  const listed = new Set(places.map(({ path }) => idOf(path)));
  const canBeNamed = (placeId: string) =>
    listed.has(placeId) || known.places.byId.has(placeId) || known.place(placeId) !== undefined;
  checkAmbiguous(plan, find, findings);
  const named = noticeNamed(plan.notice, known, findings);
  const notice = toNotice(plan, named, { idOf, canBeNamed }, findings);
  checkYears(plan, findings);
  checkDuplicates(plan, findings);
  findings.finish();
  const { faults, remarks } = findings;
  if (faults.length > 0) return { kind: 'faulty', faults };
  return {
    kind: 'read',
    value: {
      notice,
      places: places.flatMap((place) => registerPlace(place, known, find(place.path), date)),
      issue: issueOf(notice, date),
      remarks,
    },
  };
};

/** The id of the notice where the ledger holds it, however it is spelled there; else that of its issuer and number. */
const noticeNamed = (
  { issuer, documentNumber }: PlanNotice,
  { notices }: KnownLedger,
  findings: Findings,
): NamedNotice => {
  const { raw, normalised } = parseDocumentNumber(documentNumber);
  const ownId = noticeIdOf(issuer, normalised ?? raw);
  const own = notices.find(({ noticeId }) => noticeId === ownId);
  if (own !== undefined) return editionOf(own, findings);
  const identity = identifyNotice({ issuer, documentNumber }, notices);
  if (identity.kind === 'new') return { noticeId: ownId };
  const { notice } = identity;
  if (identity.kind === 'recorded') {
    if (notice.isWithdrawn) return editionOf(notice, findings);
    findings.remark(
      `台账已有此文件:${notice.issuer} ${notice.documentNumber},不再记一份。`,
      `The ledger holds this notice, ${notice.issuer} ${notice.documentNumber}; it is not recorded a second time.`,
    );
    return editionOf(notice, findings);
  }
  findings.ask(
    { question: 'otherNotice', of: 'notice' },
    '/notice/documentNumber',
    `台账已有 ${notice.issuer} ${notice.documentNumber};这里是 ${issuer} ${documentNumber},可能是同一份文件。如是同一份,请照台账写发文单位和文号。`,
    `The ledger holds ${notice.issuer} ${notice.documentNumber}; this is ${issuer} ${documentNumber}, which may be the same notice. If it is, write issuer and number as the ledger has them.`,
  );
  return { noticeId: ownId };
};

/** A notice that the ledger holds as it is; one that was withdrawn is entered again as its next edition. */
const editionOf = (
  { noticeId, edition, isWithdrawn }: NumberedNotice,
  findings: Findings,
): NamedNotice => {
  if (!isWithdrawn) return { noticeId };
  const next = edition + 1;
  findings.remark(
    `台账所记此文件第 ${edition} 版已撤回;本次记为第 ${next} 版。`,
    `Edition ${edition} of this notice is withdrawn in the ledger; this one is recorded as edition ${next}.`,
  );
  return { noticeId: nextEditionIdOf(noticeId, next), edition: next, replaces: noticeId };
};

/** A place that the ledger knows under an id of another origin is not registered a second time. */
const registerPlace = (
  { path, code }: PlanPlace,
  { places }: KnownLedger,
  found: NamedPlace,
  occurredOn: BusinessDate,
): readonly PlannedCommand[] => {
  const placeId = idNamed(found, path);
  if (found.kind !== 'new' && placeId !== placeIdOf(path)) return [];
  // Of a known place as it was registered: the same command is asked for again.
  const parentId =
    found.kind === 'new' ? found.parentId : places.byId.get(placeId)?.parents[0]?.value;
  return [
    {
      commandId: commandIdOf('register-place', placeId),
      occurredOn,
      command: {
        type: 'RegisterPlace',
        data: {
          placeId,
          level: levelOf({ path }),
          name: path.at(-1) ?? '',
          validFrom: occurredOn,
          ...(parentId === undefined ? {} : { parentId }),
          ...(code === undefined ? {} : { divisionCode: code }),
        },
      },
    },
  ];
};

/** A row is named by annex and number, an annex by its number. */
const checkDuplicates = (plan: Plan, { fault }: Findings): void => {
  const met = new Set<string>();
  const meet = (name: string, at: string) => {
    if (met.has(name)) fault(at, '编号重复。', 'This number stands twice.');
    met.add(name);
  };
  plan.annexes.forEach(({ annex, rows }, index) => {
    meet(annex, `/annexes/${index}/annex`);
    rows.forEach(({ row }, place) =>
      meet(`${annex}/${row}`, `/annexes/${index}/rows/${place}/row`),
    );
  });
};
