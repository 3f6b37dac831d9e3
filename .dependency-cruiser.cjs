/** Which folder may import which folders and files; the reasons are in docs/decisions/0001-layers.md. */
const layer = (from, allowed) => ({
  name: `${from}-imports`,
  severity: 'error',
  from: { path: `^src/${from}/`, pathNot: '\\.test\\.ts$' },
  to: {
    path: '^(src|migrations|client|demo|bench|test)/',
    pathNot: `^(${[from, ...allowed].map((each) => `src/${each}[./]`).join('|')}|src/config(-schema)?\\.ts)`,
  },
});

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'domain-stands-alone',
      severity: 'error',
      from: { path: '^src/domain/' },
      to: {
        path: 'node_modules/(graphql|type-graphql|bullmq|express|@apollo|pdfmake|exceljs|echarts)/',
      },
    },
    {
      name: 'only-infra-reads-config',
      severity: 'error',
      from: {
        path: '^src/(domain|connectors|documents|jobs|schema|resolvers|bi)/',
        pathNot: '\\.test\\.ts$',
      },
      to: { path: '^src/config(-schema)?\\.ts$' },
    },
    layer('domain', []),
    layer('connectors', ['domain']),
    layer('documents', ['domain']),
    layer('schema', ['domain']),
    layer('jobs', ['domain', 'connectors', 'documents']),
    layer('resolvers', ['domain', 'schema', 'jobs']),
    layer('bi', ['domain']),
    {
      // What it implements it names, and no more: a type is gone when the program runs.
      name: 'infra-imports-types-only',
      severity: 'error',
      from: { path: '^src/infra/' },
      to: {
        path: '^src/(connectors|documents|schema|jobs|resolvers|bi)/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'worker-without-graph',
      severity: 'error',
      from: { path: '^src/worker\\.ts$' },
      to: { path: '^src/(resolvers|schema|bi)/', reachable: true },
    },
    {
      name: 'product-without-its-users',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(client|demo|bench|test|scripts)/' },
    },
  ],
  options: {
    // TypeScript's own has no API since version 7.
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { extensions: ['.ts', '.js'] },
  },
};
