import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rootAt } from '#integrity/tree';
import { readLogIdentity } from '#transparency-log/checkpoints/checkpoint-files';
import { publishCheckpoint } from '#transparency-log/sign/publish-checkpoint';
import { proveEvent } from '#transparency-log/prove/prove-event';
import { systemClock } from '#application/commands/clock';
import { subjectKey, vaultKeyOf } from '#vault/records';
import { unseal } from '#vault/seal';
import { withVaultFile } from '#vault/vault-file';
import { openTokens } from '#application/access/tokens';
import type { Role } from '#ledger/context';
import { startDemoApi, type DemoApi } from '../support/demo-api.ts';
import { mz } from '../support/mz.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { filesThatTell, LI, ZHANG } from '../support/people.ts';

let demo: DemoApi;
beforeAll(async () => {
  demo = await startDemoApi();
});
afterAll(() => demo.close());

const directory = () => demo.ledger.directory;
const as = async (role: Role) => {
  const tokens = await openTokens(directory());
  const actor = { id: `${role}-1`, organisation: '某局', role };
  return { MZ_TOKEN: await tokens.issue({ actor, expiresIn: '1 hour' }) };
};
const here = async (line: string, role?: Role) =>
  mz([...line.split(' '), '--data', directory()], role === undefined ? {} : await as(role));
const register = async (person: object): Promise<string> => {
  const body = { occurredOn: '2024-12-30', kind: 'person', person };
  const { ids } = (await (await demo.post('/api/v1/payees', body)).json()) as {
    ids: { payeeId: string };
  };
  return ids.payeeId;
};
const statusOf = async (payeeId: string) =>
  (await demo.get(`/api/v1/payees/${payeeId}/person?reason=1`)).status;

/** All that the log is and proves: its export, its root, and the proof of every event in it. */
const evidence = async () => {
  const { stdout } = await here('export events');
  const head = Number(await demo.ledger.log.head());
  const identity = readLogIdentity(directory());
  if (identity === undefined) throw new Error('It was never signed.');
  const proofs = [];
  for (let position = 1; position <= head; position++) {
    const proved = await proveEvent(demo.ledger, identity, `${position}`);
    proofs.push(proved.kind === 'proved' ? [proved.line, proved.proof] : proved.kind);
  }
  return {
    export: createHash('sha256').update(stdout).digest('hex'),
    root: rootAt(head, demo.ledger.tree),
    proofs,
  };
};

/** The salt of a person in clear, and everything sealed about them. */
const secretsOf = (payeeId: string): readonly Uint8Array[] =>
  withVaultFile(directory(), (db) => {
    const key = subjectKey(db, vaultKeyOf({ directory: directory() }, db), payeeId);
    const [record] = db.prepare('SELECT * FROM record WHERE payeeId = ?').all(payeeId);
    const subject = db.prepare('SELECT * FROM subject WHERE payeeId = ?').get(payeeId);
    const { salt, person } = record ?? {};
    const wrapped = subject?.['wrappedKey'];
    if (
      key === undefined ||
      !(salt instanceof Uint8Array && person instanceof Uint8Array && wrapped instanceof Uint8Array)
    ) {
      throw new Error('Nothing is kept.');
    }
    const clearSalt = unseal(key, ['salt', payeeId, String(record?.['recordId'])], salt);
    return [key, clearSalt ?? Buffer.alloc(0), salt, person, wrapped];
  });

describe('mz forget, while the server goes on', () => {
  test('leaves the log, its root and all proofs as they were, and nothing of the person in any file', async () => {
    const [zhang, li] = [await register(ZHANG), await register(LI)];
    expect(await statusOf(zhang)).toBe(200);
    await publishCheckpoint(demo.ledger, systemClock);
    const before = await evidence();
    const secrets = secretsOf(zhang);
    const [, , ...sealed] = secrets;
    expect(secrets.map(({ length }) => length > 31)).toEqual([true, true, true, true, true]);
    // The search sees what there is: what is sealed is there, and so is the name of an organisation.
    expect(filesThatTell(directory(), sealed)).not.toEqual([]);
    expect(filesThatTell(directory(), ['薛家店村股份经济合作社'])).not.toEqual([]);
    // Nothing was ever in clear.
    expect(filesThatTell(directory(), Object.values(ZHANG))).toEqual([]);

    const { code, stdout } = await here(`forget ${zhang} --reason 本人申请`, 'administrator');
    expect([code, stdout]).toEqual([0, expect.stringContaining('台账和证明不变')]);

    expect(filesThatTell(directory(), [...Object.values(ZHANG), ...secrets])).toEqual([]);
    expect(await evidence()).toEqual(before);
    expect((await here('verify')).code).toBe(0);
    const gone = await demo.get(`/api/v1/payees/${zhang}/person?reason=1`);
    expect(gone.status).toBe(410);
    expect(gone.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(await gone.json()).toMatchObject({ code: 'person-forgotten', status: 410 });
    expect(await statusOf(li)).toBe(200);
  });

  test('again says when it was done and changes nothing', async () => {
    const payeeId = await register(ZHANG);
    const first = await here(`forget ${payeeId} --reason 一 --json`, 'administrator');
    const again = await here(`forget ${payeeId} --reason 二 --json`, 'administrator');
    const told = JSON.parse(first.stdout) as { at: string };
    expect(told).toMatchObject({ outcome: 'forgotten', payeeId });
    expect(JSON.parse(again.stdout)).toMatchObject({ outcome: 'forgotten-before', at: told.at });
    const { code, stderr } = await here(`vault reveal ${payeeId} --reason 查`, 'auditor');
    expect([code, stderr]).toEqual([1, expect.stringContaining('抹去')]);
  });

  test('a person forgotten is not changed any more', async () => {
    const payeeId = await register(ZHANG);
    await here(`forget ${payeeId} --reason 清理`, 'administrator');
    const body = { occurredOn: '2024-12-30', kind: 'person', person: LI };
    expect((await demo.post(`/api/v1/payees/${payeeId}`, body)).status).toBe(410);
  });

  test.each<[string, string, Role | undefined, number, RegExp]>([
    ['without a token', 'forget X --reason 清理', undefined, 4, /令牌/],
    ['by finance', 'forget X --reason 清理', 'finance', 4, /administrator/],
    ['of nobody', 'forget nobody --reason 清理', 'administrator', 2, /没有存/],
    ['for no reason', 'forget X', 'administrator', 2, /--reason/],
    ['naming the person', `forget X --reason ${ZHANG.name}`, 'administrator', 2, /不得含/],
  ])('%s it is refused and nothing is forgotten', async (_how, line, role, exit, sentence) => {
    const payeeId = await register(ZHANG);
    const { code, stderr } = await here(line.replace('X', payeeId), role);
    expect([code, stderr]).toEqual([exit, expect.stringMatching(sentence)]);
    expect(await statusOf(payeeId)).toBe(200);
  });
});

describe('mz vault', () => {
  test('reveals to who may see, notes the look, and compares with the log', async () => {
    const payeeId = await register(ZHANG);
    const shown = await here(`vault reveal ${payeeId} --reason 抽查 --json`, 'inspector');
    expect(JSON.parse(shown.stdout)).toEqual(ZHANG);
    expect((await here(`vault reveal ${payeeId} --reason 抽查`, 'clerk')).code).toBe(4);
    const { looks } = JSON.parse((await here(`vault looks ${payeeId} --json`)).stdout) as {
      looks: object[];
    };
    expect(looks).toMatchObject([{ by: 'inspector-1 (某局)', reason: '抽查' }]);
    const checked = await here(`vault check ${payeeId}`);
    expect([checked.code, checked.stdout]).toEqual([0, expect.stringContaining('与台账相符')]);
  });

  test('finds what was altered', async () => {
    const payeeId = await register(ZHANG);
    withVaultFile(directory(), (db) =>
      db.prepare('UPDATE record SET salt = randomblob(60) WHERE payeeId = ?').run(payeeId),
    );
    const { code, stdout } = await here(`vault check ${payeeId}`);
    expect([code, stdout]).toEqual([3, expect.stringContaining('与台账不符')]);
    await here(`forget ${payeeId} --reason 清理`, 'administrator');
    expect((await here(`vault check ${payeeId}`)).code).toBe(0);
  });

  test('finds what was kept for a command that never happened', async () => {
    const early = { occurredOn: '2999-01-01', kind: 'person', person: ZHANG };
    expect((await demo.post('/api/v1/payees', early)).status).toBe(422);
    const { code, stdout } = await here('vault check --json');
    const { checked } = JSON.parse(stdout) as { checked: { standing: string }[] };
    expect(code).toBe(0);
    expect(checked.filter(({ standing }) => standing === 'unused')).toHaveLength(1);
  });

  test('is in no backup', async () => {
    const { directory: target, remove } = temporaryDirectory();
    const { code, stdout } = await here(`backup ${join(target, 'copy')}`);
    expect([code, stdout]).toEqual([0, expect.stringContaining('保险库')]);
    expect(readdirSync(join(target, 'copy')).filter((name) => name.startsWith('vault'))).toEqual(
      [],
    );
    remove();
  });
});

describe('mz payee add', () => {
  const { directory: own, remove } = temporaryDirectory();
  afterAll(remove);
  const data = join(own, 'ledger');
  const personFile = join(own, 'person.json');
  const add = async (...more: readonly string[]) => {
    const token = await mz(['token', '--role', 'clerk', '--name', 'wang', '--data', data]);
    const line = ['payee', 'add', '--kind', 'person', '--data', data, '--json', ...more];
    return mz(line, { MZ_TOKEN: token.stdout.trim() });
  };

  test('takes a person from a file, and the same key asks for the same person', async () => {
    writeFileSync(personFile, JSON.stringify(ZHANG));
    const more = ['--person-file', personFile, '--key', 'k-1', '--on', '2024-12-30'];
    const first = await add(...more);
    expect([first.code, first.stderr]).toEqual([0, '']);
    expect(JSON.parse((await add(...more)).stdout)).toMatchObject({ kind: 'repeated' });
    const events = (await mz(['export', 'events', '--data', data])).stdout;
    expect(events.trim().split('\n')).toHaveLength(1);
    expect(events).toMatch(/"commitment":"[0-9a-f]{64}"/);
    expect(filesThatTell(data, Object.values(ZHANG))).toEqual([]);
    writeFileSync(personFile, JSON.stringify(LI));
    expect((await add(...more)).code).toBe(3);
  });

  test('takes one from standard input', async () => {
    const token = await mz(['token', '--role', 'clerk', '--name', 'wang', '--data', data]);
    const line = ['payee', 'add', '--kind', 'person', '--person-file', '-', '--data', data];
    const env = { MZ_TOKEN: token.stdout.trim() };
    const { code, stderr } = await mz(line, env, JSON.stringify(LI));
    expect([code, stderr]).toEqual([0, '']);
    expect(filesThatTell(data, Object.values(LI))).toEqual([]);
  });

  test.each([
    ['half a document', `{"name":"${ZHANG.name}`, /不是完整的/],
    ['a wrong ID number', `{"name":"${ZHANG.name}","idNumber":"1"}`, /idNumber {2}不是身份证号/],
  ])('refuses %s without repeating it', async (_what, text, sentence) => {
    writeFileSync(personFile, text);
    const { code, stdout, stderr } = await add('--person-file', personFile);
    expect([code, stderr]).toEqual([2, expect.stringMatching(sentence)]);
    expect(stdout + stderr).not.toContain(ZHANG.name);
  });

  test('keeps nothing for who may not register', async () => {
    writeFileSync(personFile, JSON.stringify(ZHANG));
    const token = await mz(['token', '--role', 'viewer', '--name', 'x', '--data', data]);
    const line = ['payee', 'add', '--kind', 'person', '--person-file', personFile, '--data', data];
    expect((await mz(line, { MZ_TOKEN: token.stdout.trim() })).code).toBe(4);
    const { stdout } = await mz(['vault', 'check', '--json', '--data', data]);
    expect((JSON.parse(stdout) as { checked: object[] }).checked).toHaveLength(2);
  });
});
