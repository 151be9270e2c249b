import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { createApi } from '#api/create-api';
import { openLedger } from '#wiring/ledger';
import { temporaryDirectory } from '../support/temporary-directory.ts';

test('docs/openapi.json is what the API says of itself (npm run openapi writes it anew)', async () => {
  const { directory, remove } = temporaryDirectory();
  const ledger = await openLedger({ directory });
  const api = await createApi(ledger);
  const said: unknown = JSON.parse(JSON.stringify(api.openApi));
  await api.close();
  await ledger.close();
  remove();
  expect(said).toEqual(JSON.parse(readFileSync('docs/openapi.json', 'utf8')));
});
