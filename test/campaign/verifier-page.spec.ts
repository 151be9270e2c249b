import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';
import { CHROMIUM, CHROMIUM_ARGUMENTS } from '../support/chromium.ts';
import { logSigner } from '../support/verifier/bundle-fixture.ts';
import { YEAR } from '../support/verifier/county.ts';
import { county, file, POLICY, verifyFile } from '../support/verifier/verifier.ts';

const PAGE = new URL('../../audit/verify.html', import.meta.url);

if (CHROMIUM === undefined) {
  console.log('No Chromium was found: the tests of the verifier in a browser are skipped.');
}
const inBrowser = CHROMIUM === undefined ? describe.skip : describe;

inBrowser('the page in a browser', () => {
  let browser: Browser;
  let page: Page;
  const heard: string[] = [];

  beforeAll(async () => {
    browser = await chromium.launch({
      ...(CHROMIUM === undefined ? {} : { executablePath: CHROMIUM }),
      args: CHROMIUM_ARGUMENTS,
    });
    page = await browser.newPage({ viewport: { width: 360, height: 740 } });
    page.setDefaultTimeout(10_000);
    page.on('console', (message) => heard.push(message.text()));
    page.on('pageerror', (error) => heard.push(String(error)));
    page.on('request', (request) => {
      if (request.url() !== PAGE.href) heard.push(request.url());
    });
  }, 60_000);

  afterAll(() => browser.close());

  const good = county();
  const [old, policy] = [file(good.notes[1] ?? '', 'old.checkpoint'), file(POLICY, 'policy.txt')];

  async function verifyInPage(bundle: string): Promise<unknown> {
    await page.goto(PAGE.href);
    await page.getByLabel('核验包(bundle.ndjson)').setInputFiles(file(bundle, 'bundle.ndjson'));
    await page.getByRole('textbox', { name: '公钥', exact: true }).fill(logSigner().vkey);
    await page.getByLabel('以前保存的检查点').setInputFiles(old);
    await page.getByLabel('见证规则').setInputFiles(policy);
    await page.getByRole('button', { name: '核验', exact: true }).click();
    return JSON.parse((await page.locator('#json').textContent()) ?? '');
  }

  test.each([
    ['a good bundle', good.text],
    ['a bundle in which an amount was edited', good.text.replace('30000000', '39000000')],
    ['a bundle of rewritten history', county({}, YEAR.toSpliced(8, 1)).text],
    ['a bundle cut short', good.text.slice(0, 5000)],
  ])('says of %s what the command says, to the byte', async (_name, bundle) => {
    const report = verifyFile(bundle, '--since', old, '--policy', policy);
    expect(await verifyInPage(bundle)).toEqual(report);
    expect(await page.locator('.verdict').innerText()).toBe(report.verdict.zh);
    expect(heard).toEqual([]);
  });

  test('speaks English when asked, and offers the checkpoint to keep', async () => {
    await verifyInPage(good.text);
    await page.getByRole('button', { name: 'English' }).click();
    expect(await page.locator('.verdict').innerText()).toContain('unaltered, witnessed by 3 of 3');
    expect(await page.locator('h1').innerText()).toBe('Mingzhang, verified from outside');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Keep this checkpoint' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('23.checkpoint');
    expect(readFileSync(await download.path(), 'utf8')).toBe(good.notes.at(-1));
  });

  test('fits a phone', async () => {
    await verifyInPage(good.text);
    const width = await page.evaluate<number>('document.documentElement.scrollWidth');
    expect(width).toBeLessThanOrEqual(360);
  });
});
