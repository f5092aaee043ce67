const { globSync } = require('node:fs');

const pureFiles = globSync('lib/**/*.test.ts').map((file) => `^${file.replace('.test.ts', '[.]ts')}$`);

/**
 * functions → lib/<area>/index.ts → lib/shared (STYLE: imports point downwards and through the front door).
 * @type {import('dependency-cruiser').IConfiguration}
 */
module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      comment: 'Types may name each other; code that runs may not.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'areas-through-their-index',
      comment: 'A file of another area is reached through lib/<area>/index.ts alone.',
      severity: 'error',
      from: { path: '^(?:lib|functions|events)/([^/]+)/' },
      to: { path: '^lib/[^/]+/', pathNot: ['^lib/[^/]+/index\\.ts$', '^lib/$1/', '^lib/shared/'] },
    },
    {
      name: 'functions-through-the-index',
      comment: 'A handler sees of its own area what others see.',
      severity: 'error',
      from: { path: '^functions/' },
      to: { path: '^lib/(?!shared/)', pathNot: '^lib/[^/]+/index\\.ts$' },
    },
    {
      name: 'shared-knows-no-area',
      severity: 'error',
      from: { path: '^lib/shared/' },
      to: { path: '^(?:lib/(?!shared/)|functions/|infra/)' },
    },
    {
      name: 'nothing-imports-functions',
      comment: 'Handlers are the outermost layer; infra and tests enumerate them.',
      severity: 'error',
      from: { pathNot: '^(?:infra|tests|bench)/' },
      to: { path: '^functions/' },
    },
    {
      name: 'deployed-code-stands-alone',
      severity: 'error',
      from: { path: '^(?:functions|lib|events)/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(?:infra|tests|bench)/' },
    },
    {
      name: 'handlers-touch-no-client',
      severity: 'error',
      from: { path: '^functions/' },
      to: { path: '^node_modules/@aws-sdk/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'events-are-contracts',
      severity: 'error',
      from: { path: '^events/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: ['^events/', '^lib/shared/(?:outbox|money|time|fields)\\.ts$', '^node_modules/zod/'] },
    },
    {
      name: 'decisions-are-pure',
      comment:
        'A file that is tested beside itself decides from what it is given: no store, no client, no clock, no environment.',
      severity: 'error',
      from: { path: pureFiles },
      to: {
        path: [
          '^node_modules/@aws-sdk/',
          '-store\\.ts$',
          '^lib/shared/(?:dynamodb|transaction|resources|clock|queue|files|log)\\.ts$',
        ],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'no-dev-dependency-deployed',
      severity: 'error',
      from: { path: '^(?:functions|lib|events)/', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
