import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { allocationIdOf, noticeIdOf } from '#event-codec/ids';
import { REFERENCE_PLAN } from '#importers/demo/reference-notice';
import { parseCheckpoint } from '#integrity/checkpoint';
import { parseNote } from '#integrity/note';
import { checkProof, trustIn } from '#transparency-log/prove/check-proof';
import { readLogIdentity } from '#transparency-log/checkpoints/checkpoint-files';
import { startDemoApi, type DemoApi } from '../../support/demo-api.ts';

let demo: DemoApi;
beforeAll(async () => {
  demo = await startDemoApi();
});
afterAll(() => demo.close());

const noticeId = noticeIdOf(REFERENCE_PLAN.notice.issuer, '朔区脱贫巩固组〔2024〕2号');
const arrivals = `/api/v1/allocations/${allocationIdOf(noticeId, '2', 1)}/arrivals`;
const arrival = { occurredOn: '2024-12-30', amount: '1', unit: '万元' };

interface Receipt {
  readonly position: number;
  readonly included: boolean;
  readonly proofAt: string;
  readonly proof?: { readonly index: number; readonly size: number; readonly proof: string };
}
const arrive = async (headers: Record<string, string> = {}): Promise<Receipt> =>
  (await (await demo.post(arrivals, arrival, 'finance', headers)).json()) as Receipt;
const identity = () => {
  const identified = readLogIdentity(demo.ledger.directory);
  if (identified === undefined) throw new Error('It was never signed.');
  return identified;
};
const trust = () => trustIn(identity().vkeys);

describe('whoever writes', () => {
  test('is told whether it is signed yet, and where its proof will be', async () => {
    await demo.post('/api/v1/checkpoints', {});
    const receipt = await arrive();
    expect(receipt).toMatchObject({
      included: false,
      proofAt: `/api/v1/events/${receipt.position}/proof`,
    });
    expect((await demo.get(receipt.proofAt)).status).toBe(404);
    const signed = await demo.post('/api/v1/checkpoints', {}, 'auditor');
    expect(await signed.json()).toMatchObject({ size: receipt.position });
    const proved = await demo.get(receipt.proofAt);
    expect(proved.status).toBe(200);
    expect(await proved.json()).toMatchObject({ index: receipt.position - 1 });
  });

  test('and prefers a proof has it in the answer, and can check it alone', async () => {
    const { position, included, proof } = await arrive({ prefer: 'respond-async, Proof' });
    expect(included).toBe(true);
    const { checked, line, index } = checkProof(proof?.proof ?? '', trust());
    expect(checked.kind).toBe('accepted');
    expect(index).toBe(position - 1);
    expect(JSON.parse(line)).toMatchObject({
      type: 'FundsArrived',
      data: { amountFen: 1_000_000 },
    });
  });

  test('the same again is answered with a proof of the same event', async () => {
    const headers = { 'idempotency-key': 'again', prefer: 'proof' };
    const [first, second] = [await arrive(headers), await arrive(headers)];
    expect(second).toMatchObject({ outcome: 'repeated', position: first.position });
    expect(second.proof?.index).toBe(first.proof?.index);
  });

  test('in a hundred writes at once, each has the proof of its own', async () => {
    const receipts = await Promise.all(
      Array.from({ length: 100 }, () => arrive({ prefer: 'proof' })),
    );
    const checkpoints = identity().checkpoints.length;
    for (const { position, proof } of receipts) {
      const { checked, index } = checkProof(proof?.proof ?? '', trust());
      expect([checked.kind, index]).toEqual(['accepted', position - 1]);
    }
    // Signed together, not one by one.
    expect(checkpoints).toBeLessThan(20);
  });

  test('a whole notice has one too', async () => {
    const { included, position } = (await (
      await demo.post('/api/v1/notices', REFERENCE_PLAN, 'clerk', { prefer: 'proof' })
    ).json()) as Receipt;
    expect([included, position]).toEqual([true, Number(await demo.ledger.log.head())]);
  });
});

describe('whoever asks', () => {
  test('has the newest checkpoint without a token, as it would be printed', async () => {
    const response = await fetch(`${demo.address}/checkpoint`);
    expect(response.headers.get('content-type')).toMatch('text/plain');
    const { size } = parseCheckpoint(parseNote(await response.text()).text);
    expect(size).toBe(identity().checkpoints.at(-1)?.size);
  });

  test('has all checkpoints and the keys, page by page', async () => {
    const all = (await (await demo.get('/api/v1/checkpoints')).json()) as {
      readonly checkpoints: readonly { readonly size: number }[];
    };
    expect(all).toMatchObject({ signs: true, ...identity() });
    const first = await (await demo.get('/api/v1/checkpoints?limit=1')).json();
    expect(first).toMatchObject({ next: all.checkpoints[1]?.size });
  });

  test.each(['0', '-1', 'x', '9999999', '1e3'])('finds no event %s', async (position) => {
    const response = await demo.get(`/api/v1/events/${position}/proof`);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: 'event-not-found' });
  });

  test('finds an event altered by nobody, and a proof altered by anybody', async () => {
    const { proof } = (await (await demo.get('/api/v1/events/40/proof')).json()) as {
      readonly proof: string;
    };
    expect(checkProof(proof, trust()).checked.kind).toBe('accepted');
    const line = Buffer.from(/^extra (.*)$/m.exec(proof)?.[1] ?? '', 'base64').toString();
    const other = Buffer.from(line.replace(/\d/, (digit) => `${(Number(digit) + 1) % 10}`));
    const altered = proof.replace(/^extra .*$/m, `extra ${other.toString('base64')}`);
    expect(checkProof(altered, trust()).checked.kind).toBe('not-included');
  });
});

test('who writes while the server stops is answered, and followers are let go', async () => {
  const other = await startDemoApi();
  const { ledger } = other;
  const following = await other.get('/api/v1/stream');
  await other.post('/api/v1/checkpoints', {});
  const head = Number(await ledger.log.head());
  // It is recorded at once, and waits for the next second's signature.
  const waiting = other.post(arrivals, arrival, 'finance', { prefer: 'proof' });
  await ledger.views.waitFor(head + 1, 5_000);
  await other.close();
  const answer = await waiting;
  expect([answer.status, await answer.json()]).toEqual([
    201,
    expect.objectContaining({ position: head + 1, included: true }),
  ]);
  expect(await following.text()).toMatch(/^: /);
});
