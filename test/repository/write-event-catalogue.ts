import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventCatalogue } from './event-catalogue.ts';

/** Writes `docs/events`. Schemas of older versions, which nothing generates any more, stay. */
mkdirSync('docs/events', { recursive: true });
for (const [name, text] of eventCatalogue()) writeFileSync(join('docs/events', name), text);
