import tseslint from 'typescript-eslint';

const machine = [
  { object: 'Date', property: 'now', message: 'Time is handed in: use Clock.' },
  { object: 'Math', property: 'random', message: 'Chance is handed in: use Chance or Ids.' },
  { object: 'crypto', property: 'randomUUID', message: 'Ids are handed in: use Ids.' },
  { object: 'process', property: 'env', message: 'Settings are read once, in settings.ts.' },
];

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', '**/*.mjs', '**/*.cjs'] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-extraneous-class': 'off', // request classes carry decorators alone
      '@typescript-eslint/no-unsafe-declaration-merging': 'off', // a port and its token share one name
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/require-await': 'off', // ports are asynchronous on every platform, some adapters are not
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  {
    // What a simulation must be able to replay: no clock, chance, timer or environment of the machine.
    files: [
      'services/*/src/**/*.ts',
      'shared/src/{kernel,contracts,documents,sql,messaging,http,papers}/**/*.ts',
    ],
    ignores: ['services/standalone/**', 'services/*/src/{settings,functions}.ts', '**/*.spec.ts'],
    rules: {
      'no-restricted-properties': ['error', ...machine],
      'no-restricted-globals': ['error', 'setTimeout', 'setInterval', 'setImmediate'],
      'no-restricted-syntax': [
        'error',
        {
          selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
          message: 'Time is handed in: use Clock.',
        },
      ],
    },
  },
  {
    files: ['**/*.spec.ts', '**/test/**/*.ts', '**/bench/**/*.ts'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off', 'no-console': 'off' },
  },
);
