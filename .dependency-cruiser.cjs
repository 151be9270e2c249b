/**
 * Arrows point down: each room may import the rooms named after it and nothing else of ours.
 * Type-only imports count. `docs/ARCHITECTURE.md` draws the same picture.
 */
const ROOMS = {
  ledger: [],
  integrity: [],
  'event-store': ['integrity'],
  files: ['event-store'],
  'event-codec': ['event-store', 'ledger'],
  'event-store-sqlite': ['event-codec', 'event-store', 'files', 'integrity'],
  'event-store-esdb': ['event-codec', 'event-store'],
  projections: ['event-codec', 'event-store', 'ledger'],
  importers: ['event-codec', 'event-store', 'ledger'],
  history: ['projections', 'event-codec', 'event-store', 'files', 'ledger'],
  presentation: ['history', 'projections', 'event-codec', 'event-store', 'ledger'],
  application: [
    'presentation',
    'history',
    'projections',
    'event-codec',
    'event-store',
    'files',
    'ledger',
  ],
  vault: ['application', 'event-codec', 'event-store', 'files', 'ledger'],
  'transparency-log': ['application', 'event-codec', 'event-store', 'files', 'integrity', 'ledger'],
  exports: [
    'transparency-log',
    'presentation',
    'projections',
    'event-codec',
    'event-store',
    'files',
    'integrity',
    'ledger',
  ],
};

const rooms = Object.entries(ROOMS).map(([room, below]) => ({
  name: `${room}-looks-down`,
  comment: `libs/${room} imports ${below.join(', ') || 'no room'} and nothing else of ours.`,
  severity: 'error',
  from: { path: `^libs/${room}/` },
  to: { path: '^(libs|apps)/', pathNot: `^libs/(${[room, ...below].join('|')})/` },
}));

module.exports = {
  forbidden: [
    ...rooms,
    {
      name: 'ledger-imports-nothing',
      severity: 'error',
      from: { path: '^libs/ledger/' },
      to: { pathNot: '^libs/ledger/' },
    },
    {
      name: 'integrity-is-arithmetic',
      severity: 'error',
      from: { path: '^libs/integrity/' },
      to: { pathNot: '^(libs/integrity/|node:crypto$|crypto$)' },
    },
    {
      name: 'only-wiring-knows-adapters',
      severity: 'error',
      from: { pathNot: '^libs/(wiring|event-store-sqlite|event-store-esdb)/' },
      to: { path: '^libs/event-store-(sqlite|esdb)/' },
    },
    {
      name: 'wiring-does-not-import-operations',
      severity: 'error',
      from: { path: '^libs/wiring/' },
      to: { path: '^libs/operations/' },
    },
    {
      name: 'views-do-not-import-views',
      comment:
        'The journal reads the log and the corrections; every other view keeps what it needs.',
      severity: 'error',
      from: {
        path: '^libs/projections/([^/]+)/',
        pathNot: '^libs/projections/(journal|engine|mergers|money|places)/',
      },
      to: {
        path: '^libs/projections/[^/]+/',
        pathNot: '^libs/projections/($1|engine|mergers|money|places)/',
      },
    },
    {
      name: 'the-engine-knows-no-money',
      severity: 'error',
      from: { path: '^libs/projections/engine/' },
      to: { path: '^libs/projections/(?!engine/)' },
    },
    {
      name: 'libs-do-not-import-apps',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^apps/' },
    },
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-circular-folders',
      severity: 'error',
      scope: 'folder',
      from: { path: '^(libs|apps)/' },
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, pathNot: '\\.d\\.ts$' },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'require', 'node', 'default', 'types'],
    },
  },
};
