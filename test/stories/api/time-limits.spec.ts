import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { withinTime } from '#api/queries/within-time';
import { createApi, type Api } from '#api/create-api';
import { openTokens } from '#application/access/tokens';
import { openLedger, type Ledger } from '#wiring/ledger';
import { DEMO_PEOPLE } from '#importers/demo/illustrative-year';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const { directory, remove } = temporaryDirectory();
let ledger: Ledger;
let api: Api;
let address: string;
let authorization: string;

beforeAll(async () => {
  ledger = await openLedger({ directory });
  api = await createApi(ledger, { limits: { requestMs: 300, answerMs: 60_000 } });
  address = await api.listen(0, '127.0.0.1');
  const [actor] = DEMO_PEOPLE;
  if (actor === undefined) throw new Error('The demo has people.');
  const tokens = await openTokens(directory);
  authorization = `Bearer ${await tokens.issue({ actor, expiresIn: '7 days' })}`;
});
afterAll(async () => {
  await api.close();
  await ledger.close();
  remove();
});

describe('who makes others wait', () => {
  test('a body that never ends is cut off with 408', async () => {
    const socket = connect(Number(new URL(address).port), '127.0.0.1');
    socket.write(
      `POST /api/v1/places HTTP/1.1\r\nHost: x\r\nAuthorization: ${authorization}\r\n` +
        'Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
    );
    expect(await text(socket)).toMatch(/^HTTP\/1.1 408 /);
  });

  test('a question that takes too long is told to ask again later', async () => {
    const never = new Promise(() => undefined);
    await expect(withinTime(never, 1)).rejects.toMatchObject({
      problem: { status: 503, code: 'takes-too-long', headers: { 'retry-after': '10' } },
    });
    expect(await withinTime(Promise.resolve('in time'), 60_000)).toBe('in time');
  });
});
