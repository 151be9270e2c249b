/** Arrows point to the ledger; the ledger points nowhere. */
module.exports = {
  forbidden: [
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
      name: 'views-do-not-import-views',
      comment:
        'The journal reads the log and the corrections; every other view keeps what it needs.',
      severity: 'error',
      from: { path: '^libs/projections/([^/]+)/', pathNot: '^libs/projections/journal/' },
      to: { path: '^libs/projections/[^/]+/', pathNot: '^libs/projections/$1/' },
    },
    {
      name: 'libs-do-not-import-apps',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^apps/' },
    },
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
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
