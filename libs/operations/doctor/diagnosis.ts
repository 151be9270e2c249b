import type { KeyFiles } from '#wiring/key-files';

export type Check =
  | 'runtime'
  | 'configuration'
  | 'data'
  | 'keys'
  | 'disk'
  | 'store'
  | 'views'
  | 'places'
  | 'payees'
  | 'clock';

/** What the doctor saw, and what to do about it. */
export interface Diagnosis {
  readonly check: Check;
  readonly state: 'ok' | 'warning' | 'fault';
  readonly zh: string;
  readonly en: string;
}

export interface DoctorInput {
  readonly directory: string;
  readonly address?: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly keyFiles: KeyFiles;
  /** Milliseconds since 1970. */
  readonly now: number;
}

const stating =
  (state: Diagnosis['state']) =>
  (check: Check, zh: string, en: string): Diagnosis => ({ check, state, zh, en });

export const ok = stating('ok');
export const warning = stating('warning');
export const fault = stating('fault');
