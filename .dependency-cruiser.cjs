/**
 * Who may import whom. Type imports count: a wall that types leak through is no wall.
 * `shared/test/architecture.spec.ts` plants a violation of each rule and sees the alarm.
 */
const service = '^services/([^/]+)/src';
const spec = '\\.spec\\.ts$';

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one file, or three.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'core-imports-core-alone',
      comment:
        'Rules know nothing of the wire or of a store: Core, kernel, contracts, tokens, the rule of the gates that scanners share, and tsyringe for the constructor.',
      severity: 'error',
      from: { path: `${service}/core/`, pathNot: spec },
      to: {
        pathNot: [
          `^services/$1/src/core/`,
          '^shared/src/(kernel|contracts|tokens|scanning)/',
          '^node_modules/tsyringe/',
        ],
      },
    },
    {
      name: 'scanning-is-rules-alone',
      comment: 'Core imports it, and a scanner in a browser is to: it may bring in nothing else.',
      severity: 'error',
      from: { path: '^shared/src/scanning/', pathNot: spec },
      to: { pathNot: '^shared/src/(kernel|tokens|scanning)/' },
    },
    {
      name: 'api-knows-no-infrastructure',
      severity: 'error',
      from: { path: `${service}/api/`, pathNot: spec },
      to: { path: ['^services/$1/src/infrastructure/', '^shared/src/platform/(azure|embedded|simulated)/'] },
    },
    {
      name: 'infrastructure-knows-no-api',
      severity: 'error',
      from: { path: `${service}/infrastructure/`, pathNot: spec },
      to: { path: ['^services/$1/src/api/', '^shared/src/platform/(azure|embedded|simulated)/'] },
    },
    {
      name: 'only-main-knows-every-layer',
      comment: 'Nothing inside a layer reaches for the composition.',
      severity: 'error',
      from: { path: `${service}/(api|core|infrastructure)/`, pathNot: spec },
      to: { path: '^services/$1/src/(main|functions)\\.ts$' },
    },
    {
      name: 'services-are-strangers',
      comment: 'Services meet on the bus.',
      severity: 'error',
      from: { path: '^services/(?!standalone/)([^/]+)/' },
      to: { path: '^services/', pathNot: '^services/$1/' },
    },
    {
      name: 'standalone-enters-by-the-front-door',
      comment: 'Its bench also runs what services keep in theirs.',
      severity: 'error',
      from: {
        path: '^services/standalone/(src|bench)/',
        pathNot: ['^services/standalone/src/simulate/', spec],
      },
      to: {
        path: '^services/(?!standalone/)[^/]+/',
        pathNot: '^services/[^/]+/(src/(main|settings)\\.ts$|bench/)',
      },
    },
    {
      name: 'only-platform-azure-knows-azure',
      severity: 'error',
      from: { path: '^(services|shared)/', pathNot: ['^shared/src/platform/azure/', '^shared/test/'] },
      to: { path: '^node_modules/(@azure/|mssql/|tedious/|applicationinsights/)' },
    },
    {
      name: 'services-stand-on-any-platform',
      comment: 'Which platform it is, only the hosts know: functions.ts and standalone.',
      severity: 'error',
      from: { path: '^services/(?!standalone/)[^/]+/src/', pathNot: ['/functions\\.ts$', spec] },
      to: { path: '^shared/src/platform/(azure|embedded|simulated)/' },
    },
    {
      name: 'shared-knows-no-service',
      severity: 'error',
      from: { path: '^shared/src/' },
      to: { path: '^services/' },
    },
    {
      name: 'platforms-are-strangers',
      severity: 'error',
      from: { path: '^shared/src/platform/(azure|embedded|simulated)/', pathNot: spec },
      to: { path: '^shared/src/platform/(azure|embedded|simulated)/', pathNot: '^shared/src/platform/$1/' },
    },
    {
      name: 'tests-stay-out-of-what-ships',
      severity: 'error',
      from: { path: ['^(services/[^/]+|shared)/src/', '^infra/(?!test/|.+/test/)'], pathNot: spec },
      to: { path: ['/(test|bench)/', spec] },
    },
    {
      name: 'nobody-leans-on-infra',
      comment: 'What is deployed does not know how.',
      severity: 'error',
      from: { path: '^(services|shared)/' },
      to: { path: '^infra/' },
    },
    {
      name: 'infra-enters-by-the-front-door',
      comment:
        'It deploys what services compose, and sets what they read; its tests run them as standalone’s do.',
      severity: 'error',
      from: { path: '^infra/' },
      to: {
        path: '^services/',
        pathNot: '^services/([^/]+/src/(main|settings|functions)\\.ts$|standalone/test/)',
      },
    },
    {
      name: 'imports-resolve',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
