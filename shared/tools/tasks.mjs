// What each npm script does. Runs under the pinned Node.js; see run.mjs.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { deployables, functionApps, program, root, stop } from './build.mjs';

const [task, ...args] = process.argv.slice(2);
const bin = (name) => path.join(root, 'node_modules', name);
const tools = {
  tsc: bin('typescript/bin/tsc'),
  eslint: bin('eslint/bin/eslint.js'),
  prettier: bin('prettier/bin/prettier.cjs'),
  jest: bin('jest/bin/jest.js'),
};
const cache = path.join(root, 'node_modules/.cache/boxoffice');

const tasks = {
  async start() {
    await standalone();
    await becomeProgram(path.join(root, 'services/standalone/dist/main.js'));
  },
  // Names are for logs and OpenAPI, and giving each closure its own costs a simulation an eighth of its time.
  simulate: () => runProgram('services/standalone/src/simulate/simulate.ts', { keepNames: false }),
  async bench() {
    for (const part of [
      'load',
      'purchases',
      'listeners',
      'bare',
      'inventory/azure',
      'inventory/cloud',
      'inventory/embedded',
      'inventory/multiply',
    ])
      await program(`services/standalone/bench/${part}.ts`);
    await runProgram('services/standalone/bench/bench.ts');
  },
  'kill-test': () => runProgram('services/standalone/test/kill/kill.ts'),
  rush: () => runProgram('services/standalone/test/rush/rush.ts'),
  'cancel-test': () => runProgram('services/standalone/test/cancelled/cancelled.ts'),
  'verify-report': () => runProgram('services/standalone/src/verify-report.ts'),
  'verify-ticket': () => runProgram('services/standalone/src/verify-ticket.ts'),
  'render-kubernetes': () => runProgram('infra/kubernetes/render-kubernetes.ts'),
  'dead-letters': () => runProgram('services/standalone/src/dead-letters.ts'),
  capacity: () => runProgram('infra/capacity/write.ts'),
  'emulator-config': () => runProgram('infra/emulators/write-config.ts'),
  'print-sql': () => runProgram('services/standalone/test/statements/print.ts'),
  azd: () => runProgram('infra/hooks/azd.ts'),
  install: () => undefined, // run.mjs has, by now
  'generate-infra': () => runProgram('infra/generate/write.ts'),
  'check-infra': () => runProgram('infra/check/check-infra.ts'),
  'extract-types': () => runProgram('infra/check/extract-types.ts'),
  build,
  'bundle-standalone': async () => {
    await standalone();
    await stop();
  },
  jest: async () => process.exit(await node([tools.jest, ...args])),
  lint: async () => process.exit(await node([tools.eslint, ...lintArgs])),
  format: async () => process.exit(await node([tools.prettier, '--write', '--log-level=warn', '.'])),
  test,
  'test-azure': async () =>
    process.exit(await node([tools.jest, '--testPathPatterns=shared/test/azure', '--verbose', ...args])),
};
const lintArgs = [
  'shared',
  'services',
  'infra',
  '--max-warnings=0',
  '--cache',
  '--cache-location',
  path.join(cache, 'eslint/'),
];

if (!(task in tasks)) {
  console.error(`No task “${task}”. There are: ${Object.keys(tasks).join(', ')}.`);
  process.exit(2);
}
await tasks[task]();

/** Standalone, and the thread that prints its papers. */
async function standalone() {
  await program('services/standalone/src/main.ts');
  await program('services/standalone/src/press-worker.ts');
}

/** Bundles one program and becomes it. */
async function runProgram(entry, options) {
  await becomeProgram(await program(entry, options));
}

async function becomeProgram(file) {
  await stop();
  process.argv.splice(1, process.argv.length, file, ...args);
  createRequire(import.meta.url)(file);
}

/** Everything; or the Function Apps that are named, as azd builds one service after another. */
async function build() {
  const unknown = args.filter((service) => !deployables.includes(service));
  if (unknown.length > 0) {
    console.error(`No Function App “${unknown.join('”, “')}”. There are: ${deployables.join(', ')}.`);
    process.exit(2);
  }
  if (args.length === 0) await standalone();
  for (const app of await functionApps(args.length === 0 ? deployables : args))
    console.log(
      `${app.service}: ${app.kilobytes} KB and, loaded when first needed, ${app.lazy.join(', ') || 'nothing'}`,
    );
  await stop();
}

/** Everything that must hold, cheapest first; every step runs, so that one run shows all that is wrong. */
async function test() {
  let passed = 0;
  let failed = 0;
  const results = path.join(cache, 'jest.json');
  const steps = [
    ['types', () => node([tools.tsc, '-p', '.'])],
    ['lint', () => node([tools.eslint, ...lintArgs])],
    [
      'format',
      () =>
        node([
          tools.prettier,
          '--check',
          '--log-level=warn',
          '--cache',
          '--cache-location',
          path.join(cache, 'prettier'),
          '.',
        ]),
    ],
    ['bundles', () => node([import.meta.filename, 'build'])],
    ['tests', () => node([tools.jest, '--json', `--outputFile=${results}`, ...args])],
  ];
  for (const [name, run] of steps) {
    const start = performance.now();
    console.log(`\n── ${name}`);
    const code = await run();
    console.log(
      `── ${name}: ${code === 0 ? 'passed' : 'FAILED'} in ${((performance.now() - start) / 1000).toFixed(0)} s`,
    );
    if (name === 'tests') {
      const counted = createRequire(import.meta.url)(results);
      passed += counted.numPassedTests;
      failed += counted.numFailedTests + counted.numRuntimeErrorTestSuites;
      if (code !== 0 && counted.numFailedTests + counted.numRuntimeErrorTestSuites === 0) failed++;
    } else if (code === 0) passed++;
    else failed++;
  }
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
}

function node(argv) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, argv, { cwd: root, stdio: 'inherit' });
    child.on('exit', (code) => resolve(code ?? 1));
  });
}
