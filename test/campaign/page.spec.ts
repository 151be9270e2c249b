import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { chromium, type Browser } from 'playwright-core';
import { startDemoApi, type DemoApi } from '../support/demo-api.ts';
import { CHROMIUM, CHROMIUM_ARGUMENTS } from '../support/chromium.ts';

if (CHROMIUM === undefined) {
  console.log('No Chromium was found: the tests of the page in a browser are skipped.');
}
const inBrowser = CHROMIUM === undefined ? describe.skip : describe;

inBrowser('the page in a browser', () => {
  let demo: DemoApi;
  let browser: Browser;

  beforeAll(async () => {
    demo = await startDemoApi();
    browser = await chromium.launch({
      ...(CHROMIUM === undefined ? {} : { executablePath: CHROMIUM }),
      args: CHROMIUM_ARGUMENTS,
    });
  }, 60_000);

  afterAll(async () => {
    await browser.close();
    await demo.close();
  });

  test.each([
    ['a desk', { width: 1280, height: 900 }],
    ['a phone', { width: 360, height: 740 }],
  ])(
    'on %s shows the figures, fits the screen and complains of nothing',
    async (_name, viewport) => {
      const page = await browser.newPage({ viewport, javaScriptEnabled: false });
      const complaints: string[] = [];
      page.on('console', (message) => complaints.push(message.text()));
      page.on('requestfailed', (request) => complaints.push(request.url()));
      await page.goto(demo.address);
      expect(await page.locator('.tiles b').first().innerText()).toBe('749.55');
      const rows = page.locator('table').first().locator('tbody tr');
      // County, eight towns and the total are sums of the rows between them.
      expect(await rows.locator('visible=true').count()).toBe(29);
      expect(await rows.and(page.locator('.town')).count()).toBe(10);
      const { width } = (await page.locator('header').boundingBox()) ?? { width: Infinity };
      expect(width).toBeLessThanOrEqual(viewport.width);
      expect(complaints).toEqual([]);
      await page.close();
    },
  );

  test('leads to the documentation, which needs nothing from elsewhere', async () => {
    const page = await browser.newPage();
    const foreign: string[] = [];
    page.on('request', (request) => {
      const isOurs = request.url().startsWith(demo.address) || request.url().startsWith('data:');
      if (!isOurs) foreign.push(request.url());
    });
    await page.goto(demo.address);
    await page.getByText('接口文档').click();
    await page.locator('.opblock').first().waitFor();
    expect(foreign).toEqual([]);
    await page.close();
  });
});
