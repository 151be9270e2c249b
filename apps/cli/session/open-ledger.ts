import { resolve } from 'node:path';
import type { Resumed } from '#application/work/worker';
import { StoreUnusable } from '#event-store/store-unusable';
import { isCopy } from '#wiring/ledger-log';
import {
  openLedger,
  openLedgerReader,
  requireLedger,
  type Ledger,
  type LedgerOptions,
  type LedgerReader,
} from '#wiring/ledger';
import { isThere, placeOf, type CommonOptions } from './common-options.ts';
import type { Session } from './session.ts';

/** Opens the ledger for writing, ends what a crash left open, gives it to the work, and closes it whatever happens. */
export const withLedger = async (
  session: Session,
  where: CommonOptions,
  work: (ledger: Ledger) => Promise<void>,
  options: Omit<LedgerOptions, 'directory' | 'address'> = {},
): Promise<void> => {
  const ledger = await open(session, where, options);
  try {
    for (const one of await ledger.resumeWork())
      session.terminal.warn(resumedLine(one, where.lang));
    await work(ledger);
  } finally {
    await ledger.close();
  }
};

const resumedLine = ({ stream, outcome }: Resumed, lang: CommonOptions['lang']): string =>
  outcome.kind === 'ended'
    ? {
        zh: `上次没有办完的 ${stream} 已接着办完。`,
        en: `${stream} had been left open; it is carried out now.`,
      }[lang]
    : {
        zh: `上次没有办完的 ${stream} 现在还不能办完,下次启动再办。${reasonOf(outcome)}`,
        en: `${stream} was left open and cannot be carried out now; the next start tries again. ${reasonOf(outcome)}`,
      }[lang].trimEnd();

/** What stopped work, where it was no answer of the ledger. */
const reasonOf = (outcome: Exclude<Resumed['outcome'], { readonly kind: 'ended' }>): string =>
  outcome.kind === 'failed' ? outcome.fault.message : '';

/** Opens a ledger that is there already, for work on its views. */
export const withExistingLedger = (
  session: Session,
  options: CommonOptions,
  work: (ledger: Ledger) => Promise<void>,
): Promise<void> => {
  requireThere(options);
  return withLedger(session, options, work);
};

/** Opens the ledger to read: caught up if nobody writes it, else as its writer keeps it. */
export const withReader = async (
  session: Session,
  where: CommonOptions,
  work: (ledger: LedgerReader) => Promise<void>,
): Promise<void> => {
  const reader = await openToRead(session, where);
  try {
    await work(reader);
  } finally {
    await reader.close();
  }
};

/** Opens the ledger to read, as its writer keeps it, whether or not there is one now. */
export const withReaderBeside = async (
  { settings }: Session,
  { data }: CommonOptions,
  work: (ledger: LedgerReader) => Promise<void> | void,
): Promise<void> => {
  const reader = openLedgerReader(resolve(data), settings.keyFiles);
  try {
    await work(reader);
  } finally {
    await reader.close();
  }
};

const openToRead = async (session: Session, where: CommonOptions): Promise<LedgerReader> => {
  requireThere(where);
  const { directory } = placeOf(where);
  const beside = () => openLedgerReader(directory, session.settings.keyFiles);
  // A copy whose cluster was not named is read as it was left.
  if (where.store === undefined && isCopy(directory)) return beside();
  try {
    return await open(session, where);
  } catch (error) {
    if (error instanceof StoreUnusable && error.fault === 'in-use') return beside();
    throw error;
  }
};

const open = async (
  { terminal, settings, clock }: Session,
  where: CommonOptions,
  options: Omit<LedgerOptions, 'directory' | 'address'> = {},
): Promise<Ledger> => {
  const { keyFiles, environment } = settings;
  const ledger = await openLedger({
    ...placeOf(where),
    keyFiles,
    environment,
    clock,
    ...options,
  });
  if (!Number.isFinite(ledger.replicationLag().lagMs)) terminal.warn(OUT_OF_REACH[where.lang]);
  return ledger;
};

const OUT_OF_REACH = {
  zh: '集群没有应答;以下来自本机副本,可能不是最新。',
  en: 'The cluster does not answer; this is from the copy on this machine and may not be the newest.',
};

const requireThere = (where: CommonOptions): void => {
  if (!isThere(where)) requireLedger(resolve(where.data));
};
