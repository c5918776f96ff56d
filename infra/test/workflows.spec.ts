import { describe, expect, it } from '@jest/globals';
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { TextDocument } from 'vscode-languageserver-textdocument';
import manifest from '../../package.json';
import { faultsOf, type House } from './workflows/faults';

const root = path.resolve(__dirname, '../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const house: House = {
  scripts: new Set(Object.keys(manifest.scripts)),
  has: (file) => existsSync(path.join(root, file)),
};
const workflows = globSync('.github/workflows/*.yml', { cwd: root });
const actions = globSync('.github/actions/*/action.yml', { cwd: root });

let asked = 0;
/** What GitHub's own parser of workflows has to say, warnings included. */
async function lint(text: string, file: string): Promise<readonly string[]> {
  const { validate } = await import('@actions/languageservice'); // a module for `import` alone
  // It remembers what it has read under an address.
  const found = await validate(TextDocument.create(`file:///${++asked}/${file}`, 'yaml', 1, text));
  return found.map(
    ({ range, message }) =>
      `${file}:${range.start.line + 1} ${typeof message === 'string' ? message : message.value}`,
  );
}

describe('the workflows', () => {
  it('are those of the README: checks, templates, deployment and what a pull request brings in', () => {
    expect(workflows.map((file) => path.basename(file)).sort()).toEqual([
      'ci.yml',
      'dependency-review.yml',
      'deploy-to.yml',
      'deploy.yml',
      'infra.yml',
    ]);
  });

  it.each([...workflows, ...actions])('%s is one that GitHub takes', async (file) => {
    expect(await lint(read(file), file)).toEqual([]);
  });

  it.each([...workflows, ...actions])('%s is pinned, has few rights, and calls what is there', (file) => {
    expect(faultsOf(read(file), house)).toEqual([]);
  });

  it('use one version of each action', () => {
    const uses = [...workflows, ...actions].flatMap(
      (file) => read(file).match(/uses: [\w-]+\/\S+ # \S+/g) ?? [],
    );
    const versions = new Map<string, Set<string>>();
    for (const use of uses) {
      const [action = '', version = ''] = use.slice('uses: '.length).split('@');
      versions.set(action, (versions.get(action) ?? new Set()).add(version));
    }
    expect(versions.size).toBeGreaterThan(5);
    for (const [action, found] of versions) expect([action, found.size]).toEqual([action, 1]);
  });
});

describe('a fault in a workflow', () => {
  const ci = read('.github/workflows/ci.yml');
  const deploy = read('.github/workflows/deploy.yml');
  const planted = (text: string, was: string | RegExp, is: string): readonly string[] => {
    const changed = text.replace(was, is);
    expect(changed).not.toBe(text);
    return faultsOf(changed, house);
  };
  const checkout = 'actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1';

  it.each([
    ['an action by its tag', checkout, 'actions/checkout@v7', 'not pinned'],
    ['an action by half a commit', checkout, 'actions/checkout@3d3c42e # v7.0.1', 'not pinned'],
    ['a commit that nobody can name', checkout, checkout.replace(' # v7.0.1', ''), 'which version'],
    ['a token left lying about', 'persist-credentials: false', 'fetch-depth: 1', 'leaves its token'],
    ['no permissions at the top', 'permissions: {}', 'env: {}', 'at its top'],
    [
      'all permissions',
      /^ {4}permissions:\n {6}contents: read/m,
      '    permissions: write-all',
      'which permissions',
    ],
    ['no timeout', '    timeout-minutes: 45\n', '', 'timeout-minutes'],
    ['no concurrency', 'concurrency:', 'env:', 'concurrency'],
    ['a script that is not there', 'npm run build', 'npm run bild', 'npm run bild'],
    ['a file that is not there', '.ci/run', '.ci/rum.sh', '.ci/rum.sh'],
    ['a compose file that is not there', /--file infra\S+/, '--file infra/none.yaml', 'infra/none.yaml'],
    ['an event in a shell line', 'npm run build', 'echo ${{ github.head_ref }}', 'made of an expression'],
    ['a stored secret', 'BOXOFFICE_NODE: ${{ matrix.node }}', 'KEY: ${{ secrets.KEY }}', 'stored secret'],
    ["a stranger's code with our rights", '  pull_request:', '  pull_request_target:', 'pull_request_target'],
  ])('is seen: %s', (_what, was, is, told) => {
    expect(planted(ci, was, is)).toEqual([expect.stringContaining(told)]);
  });

  it('is seen: a workflow of ours that is not there', () => {
    expect(planted(deploy, 'workflows/ci.yml', 'workflows/see-eye.yml')).toEqual([
      './.github/workflows/see-eye.yml is not there',
    ]);
  });

  it.each([
    ['a step that does nothing', '- run: bash .ci/run', '- rum: bash .ci/run', "Unexpected value 'rum'"],
    ['a job that nobody knows', 'needs: ci', 'needs: see-eye', "Value 'see-eye' is not valid"],
    ['an input that nobody gives', '!inputs.provision', '!inputs.provison', 'might be invalid: provison'],
    ['a right that there is not', 'actions: read', 'artefacts: read', 'artefacts'],
  ])("is seen by GitHub's parser: %s", async (_what, was, is, told) => {
    const file = workflows.find((each) => read(each).includes(was)) ?? '';
    expect(await lint(read(file).replace(was, is), file)).toContainEqual(expect.stringContaining(told));
  });
});
