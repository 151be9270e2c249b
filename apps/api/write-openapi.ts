import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLedger } from '#wiring/ledger';
import { createApi } from './create-api.ts';

/** `npm run openapi`: writes what the API says of itself to docs/openapi.json. */
const directory = mkdtempSync(join(tmpdir(), 'mingzhang-openapi-'));
const ledger = await openLedger({ directory });
const api = await createApi(ledger);
writeFileSync('docs/openapi.json', `${JSON.stringify(api.openApi, null, 2)}\n`);
await api.close();
await ledger.close();
rmSync(directory, { recursive: true });
