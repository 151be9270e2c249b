import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { join } from 'node:path';
import { openTokens } from '#application/access/tokens';
import { serveBuilt, startMz } from '../support/built-mz.ts';
import { mz, type ServedMz } from '../support/mz.ts';
import { ZHANG } from '../support/people.ts';
import { times } from '../support/property.ts';
import { copyDemo } from '../support/shared-ledgers.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const { directory, remove } = temporaryDirectory();
const data = join(directory, 'ledger');
let served: ServedMz;
beforeAll(async () => {
  await copyDemo(data);
  served = await serveBuilt(['--data', data]);
});
afterAll(remove);

const tokenOf = async (role: 'administrator' | 'clerk') => {
  const actor = { id: `${role}-1`, organisation: '某局', role };
  return (await openTokens(data)).issue({ actor, expiresIn: '1 hour' });
};

describe('mz serve as a process of its own', () => {
  test('A second writer is told which process has the ledger, and exits with 5', async () => {
    const token = await tokenOf('clerk');
    const command = ['place', 'add', '朔城区/神头镇/新村', '--token', token, '--data', data];
    const { code, stderr } = await mz(command);
    expect([code, stderr]).toEqual([5, expect.stringMatching(/进程号 \d+/)]);
  });

  test('A question is answered beside it', async () => {
    const { code, stdout } = await mz(['balances', '北曹村', '--data', data]);
    expect([code, stdout]).toEqual([0, expect.stringContaining('北曹村')]);
  });

  test('Persons forgotten by several processes at once are all forgotten', async () => {
    const [clerk, administrator] = [await tokenOf('clerk'), await tokenOf('administrator')];
    const register = async (key: string) => {
      const response = await fetch(`${served.address}/api/v1/payees`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${clerk}`,
          'content-type': 'application/json',
          'idempotency-key': key,
        },
        body: JSON.stringify({ occurredOn: '2024-12-30', kind: 'person', person: ZHANG }),
      });
      return ((await response.json()) as { ids: { payeeId: string } }).ids.payeeId;
    };
    const payees: string[] = [];
    for (let n = 0; n < times(2, 3); n++) payees.push(await register(`p-${n}`));
    const codes = await Promise.all(
      payees.map(async (payeeId) => {
        const command = ['forget', payeeId, '--reason', '清理', '--data', data];
        const child = startMz(command, { MZ_TOKEN: administrator });
        await once(child, 'close');
        return child.exitCode;
      }),
    );
    expect(codes).toEqual(payees.map(() => 0));
    const { stdout } = await mz(['vault', 'check', '--json', '--data', data]);
    expect(JSON.parse(stdout)).toEqual({
      checked: payees.toSorted().map((payeeId) => ({ payeeId, standing: 'forgotten' })),
    });
  });

  test('A signal ends it with exit code 0, and the ledger is free again', async () => {
    expect(await served.stop()).toBe(0);
    const token = await tokenOf('clerk');
    const command = ['place', 'add', '朔城区/神头镇/新村', '--token', token, '--data', data];
    expect((await mz(command)).code).toBe(0);
  });
});
