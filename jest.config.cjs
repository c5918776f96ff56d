/** Sources run as they are: swc strips the types and compiles the decorators the way esbuild does for the bundles. */
const swc = [
  '@swc/jest',
  {
    jsc: {
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: false, useDefineForClassFields: true },
      target: 'es2024',
      keepClassNames: true,
    },
    module: { type: 'commonjs' },
  },
];
// Packages that are published as ES modules only: jest's module system is CommonJS.
const esModules = [
  ...['kysely', 'jose', 'ical.js', 'csv-parse'],
  ...['asn1js', 'pkijs', 'bytestreamjs', '@peculiar', '@noble', '@actions'],
];

const common = {
  testEnvironment: 'node',
  roots: ['<rootDir>/shared', '<rootDir>/services', '<rootDir>/infra'],
  testMatch: ['**/*.spec.ts'],
  setupFiles: ['reflect-metadata'],
  transform: { '\\.[jt]s$': swc },
  transformIgnorePatterns: [`/node_modules/(?!(${esModules.join('|')})/)`],
  // Its packages' exports name no file for `require`.
  moduleNameMapper: {
    '^@actions/([\\w-]+)$': '<rootDir>/node_modules/@actions/$1/dist/index.js',
    '^@actions/([\\w-]+)/(.+)$': '<rootDir>/node_modules/@actions/$1/dist/$2',
  },
  modulePathIgnorePatterns: ['/dist/'],
  cacheDirectory: '<rootDir>/node_modules/.cache/jest',
};

module.exports = {
  testTimeout: 20_000,
  projects: [
    { ...common, displayName: 'boxoffice' },
    // The counter once more, with the real SDK of Cosmos DB over a wire in place of the embedded documents.
    {
      ...common,
      displayName: 'over Cosmos DB',
      testMatch: ['<rootDir>/services/ticket-inventory/test/counter/*.spec.ts'],
      globals: { stores: 'azure' },
    },
  ],
};
