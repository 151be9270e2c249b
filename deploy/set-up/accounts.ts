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

/** The administrator's password is changed by the one it had before. */
export const ensureAdmin = async (ask: Ask, admin: Account, before: string): Promise<Done> => {
  if (await signsIn(ask, admin)) return 'unchanged';
  await resetPassword(ask, { ...admin, password: before }, admin);
  return 'password changed';
};

export const ensureAccount = async (ask: Ask, admin: Account, account: Account): Promise<Done> => {
  if (await signsIn(ask, account)) return 'unchanged';
  const there = await ask(admin, 'GET', `/users/${account.loginName}`);
  if (there === 200) {
    await resetPassword(ask, admin, account);
    return 'password changed';
  }
  if (there !== 404) throw refused(`looking for ${account.loginName}`, there);
  const created = await ask(admin, 'POST', '/users/', account);
  if (created !== 201) throw refused(`creating ${account.loginName}`, created);
  return 'created';
};

/** Everybody may look at the account of their own. */
const signsIn = async (ask: Ask, account: Account): Promise<boolean> => {
  const status = await ask(account, 'GET', `/users/${account.loginName}`);
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
