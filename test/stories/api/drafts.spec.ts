import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { allocationIdOf, noticeIdOf } from '#event-codec/ids';
import { REFERENCE_PLAN } from '#importers/demo/reference-notice';
import { parseCheckpoint } from '#integrity/checkpoint';
import { parseNote } from '#integrity/note';
import { places } from '#projections/place-directory/query';
import { startDemoApi, type DemoApi } from '../../support/demo-api.ts';

let demo: DemoApi;
let body: Record<string, unknown>;
beforeAll(async () => {
  demo = await startDemoApi();
  body = {
    occurredOn: '2024-12-30',
    stage: 'plan',
    allocationIds: [1, 2].map((row) => allocationIdOf(noticeId(), '3', row)),
    placeId: places(demo.ledger.views.db).find(({ name }) => name === '神头镇')?.placeId,
    level: 'town',
    medium: '公开栏 <&',
    plannedUntil: '2025-01-10',
    dayCount: 'calendar',
    telephone: '0349-1234567',
  };
});
afterAll(() => demo.close());

const noticeId = () => noticeIdOf(REFERENCE_PLAN.notice.issuer, '朔区脱贫巩固组〔2024〕2号');
/** In hundredths of 万元. */
const arrivedIn = (text: string) =>
  Math.round(100 * Number(/合计:.*到账 ([\d.]+) 万元/.exec(text)?.[1]));
const drafts = '/api/v1/announcements/drafts';
const head = async () => Number(await demo.ledger.log.head());
const sizeIn = (text: string) =>
  parseCheckpoint(parseNote(text.slice(text.indexOf('mingzhang/'))).text).size;

describe('the text of an announcement, over HTTP', () => {
  test('tells the figures of the ledger, and ends with a checkpoint over all of them', async () => {
    const before = await head();
    const answer = await demo.post(drafts, body, 'clerk');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      200,
      'text/plain; charset=utf-8',
    ]);
    const text = await answer.text();
    expect(text).toContain('合计:安排 185 万元');
    expect(text).toContain('12317;本地 0349-1234567');
    expect(text).toContain('2024-12-30 至 2025-01-10');
    expect(sizeIn(text)).toBe(before);
    expect(await head()).toBe(before);
  });

  test('is a page to be printed for whoever asks for one, with nothing in it that runs', async () => {
    const page = await (await demo.post(drafts, body, 'clerk', { accept: 'text/html' })).text();
    expect(page).toMatch(/^<!doctype html>/);
    expect(page).toContain('公开栏 &lt;&amp;');
    expect(page).toContain('<svg');
    expect(page).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)/);
  });

  test('after another payment has other figures, under a checkpoint that holds it', async () => {
    const fund = allocationIdOf(noticeId(), '1', 5);
    const draft = async () =>
      (await demo.post(drafts, { ...body, allocationIds: [fund] }, 'clerk')).text();
    const before = await draft();
    const arrival = { occurredOn: '2024-12-30', amount: '0.01', unit: '万元' };
    const written = await demo.post(`/api/v1/allocations/${fund}/arrivals`, arrival);
    const { position } = (await written.json()) as { readonly position: number };
    await demo.ledger.views.waitFor(position, 5_000);
    const after = await draft();
    expect([arrivedIn(after) - arrivedIn(before), sizeIn(after)]).toEqual([1, position]);
  });

  test('is refused with every fault at once, and to a role that posts none', async () => {
    const strange = '00000000-0000-4000-8000-000000000000';
    const wrong = { ...body, allocationIds: [strange, ...(body['allocationIds'] as string[])] };
    const answer = await demo.post(drafts, { ...wrong, placeId: strange }, 'clerk');
    expect([answer.status, await answer.json()]).toMatchObject([
      422,
      { errors: [{ pointer: '/allocationIds/0' }, { pointer: '/placeId' }] },
    ]);
    const shapeless = await demo.post(drafts, { ...body, stage: 'x', plannedUntil: 'y' }, 'clerk');
    expect(await shapeless.json()).toMatchObject({
      errors: [{ pointer: '/stage' }, { pointer: '/plannedUntil' }],
    });
    expect((await demo.post(drafts, body, 'auditor')).status).toBe(403);
  });
});
