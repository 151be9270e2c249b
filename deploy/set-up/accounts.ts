import { setTimeout as pause } from 'node:timers/promises';

/** A user of the cluster, and how to sign in. */
export interface Account {
  readonly loginName: string;
  readonly fullName: string;
  readonly groups: readonly string[];
  readonly password: string;
}

/** Asks the leader's HTTP interface as somebody; answers with the status. */
export type Ask = (
  as: Pick<Account, 'loginName' | 'password'>,
  method: 'GET' | 'POST',
  path: string,
  body?: unknown,
) => Promise<number>;

/** What had to be done so that an account has its password. */
export type Done = 'unchanged' | 'password changed' | 'created';

/** How often a new password is tried before it counts as refused, and the pause between, in ms. */
export interface Patience {
  readonly tries: number;
  readonly pauseMs: number;
}

/** A server refuses a password that was just changed for a moment. */
export const USUAL_PATIENCE: Patience = { tries: 50, pauseMs: 200 };

/** The administrator's password is changed by the one it had before. */
export const ensureAdmin = async (
  ask: Ask,
  admin: Account,
  before: string,
  patience: Patience = USUAL_PATIENCE,
): Promise<Done> => {
  if (await signsIn(ask, admin)) return 'unchanged';
  await resetPassword(ask, { ...admin, password: before }, admin);
  await signedIn(ask, admin, patience);
  return 'password changed';
};

/** Creates the account, or changes its password, where it does not sign in with the given one. */
export const ensureAccount = async (
  ask: Ask,
  admin: Account,
  account: Account,
  patience: Patience = USUAL_PATIENCE,
): Promise<Done> => {
  if (await signsIn(ask, account)) return 'unchanged';
  const there = await ask(admin, 'GET', `/users/${account.loginName}`);
  if (there === 200) {
    await resetPassword(ask, admin, account);
    await signedIn(ask, account, patience);
    return 'password changed';
  }
  if (there !== 404) throw refused(`looking for ${account.loginName}`, there);
  const created = await ask(admin, 'POST', '/users/', account);
  if (created !== 201) throw refused(`creating ${account.loginName}`, created);
  await signedIn(ask, account, patience);
  return 'created';
};

/** Waits until the new password is taken; throws when it is refused to the last try. */
const signedIn = async (
  ask: Ask,
  account: Account,
  { tries, pauseMs }: Patience,
): Promise<void> => {
  for (let tried = 1; !(await signsIn(ask, account)); tried++) {
    if (tried >= tries) throw refused(`signing in as ${account.loginName} after the change`, 401);
    await pause(pauseMs);
  }
};

/** Every user may look at `$current`; at an account by its name, its own too, only `$admins` may. */
const signsIn = async (ask: Ask, account: Account): Promise<boolean> => {
  const status = await ask(account, 'GET', '/users/$current');
  if (status === 200) return true;
  if (status === 401) return false;
  throw refused(`signing in as ${account.loginName}`, status);
};

const resetPassword = async (
  ask: Ask,
  as: Account,
  { loginName, password }: Account,
): Promise<void> => {
  const path = `/users/${loginName}/command/reset-password`;
  const status = await ask(as, 'POST', path, { newPassword: password });
  if (status !== 200) throw refused(`changing the password of ${loginName}`, status);
};

const refused = (what: string, status: number): Error =>
  new Error(`${what} was answered with ${status}`);
