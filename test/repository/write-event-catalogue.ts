import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import { correctionsTable } from './corrections-table.ts';
import { eventCatalogue } from './event-catalogue.ts';

/** Writes `docs/events` and `docs/corrections.md`. Schemas of older versions, which nothing generates any more, stay. */
mkdirSync('docs/events', { recursive: true });
for (const [name, text] of eventCatalogue()) writeFileSync(join('docs/events', name), text);
const table = await format(correctionsTable(), { parser: 'markdown', printWidth: 110 });
writeFileSync('docs/corrections.md', table);
