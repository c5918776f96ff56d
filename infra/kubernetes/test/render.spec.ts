import { afterAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { manifestsOf } from '../manifests';
import { root } from './bundles';
import { complete } from './environment';

const folder = mkdtempSync(path.join(tmpdir(), 'render-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** As the README has it written: outputs in double quotes, settings of Function Apps in single ones. */
const fileOf = (environment: typeof complete): string => {
  const file = path.join(folder, 'boxoffice.env');
  const lines = Object.entries(environment).map(([name, value = '']) =>
    name.startsWith('SERVICE_') ? `${name}='${value}'` : `${name}="${value}"`,
  );
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
};
const render = (...args: readonly string[]) =>
  spawnSync(process.execPath, [path.join(root, 'shared/tools/tasks.mjs'), 'render-kubernetes', ...args], {
    cwd: root,
    encoding: 'utf8',
  });

describe('npm run render-kubernetes', () => {
  it.each([[[]], [['--mesh']]])('prints every manifest, with %j', (mesh) => {
    const run = render('--env', fileOf(complete), ...mesh);
    expect([run.status, run.stderr]).toEqual([0, '']);
    const printed: unknown[] = parseAllDocuments(run.stdout).map((document) => document.toJS() as unknown);
    expect(printed).toEqual(JSON.parse(JSON.stringify(manifestsOf(complete, { mesh: mesh.length > 0 }))));
  });

  it('prints nothing where something is missing, and names all of that', () => {
    const run = render('--env', fileOf({ ...complete, IMAGE_TAG: '', OIDC_ISSUER: '' }));
    expect([run.status, run.stdout]).toEqual([1, '']);
    expect(run.stderr).toBe(
      'IMAGE_TAG is not set\nOIDC_ISSUER is not set\nNothing was printed. infra/kubernetes/README.md says where each comes from.\n',
    );
  });

  it.each([
    [[], 'npm run --silent render-kubernetes -- --env FILE'],
    [['--env', '/no/such/file'], 'azd env get-values'],
    [['--meshes'], "Unknown option '--meshes'"],
  ])('says what to do after %j', (args, advice) => {
    const run = render(...args);
    expect([run.status, run.stdout]).toEqual([1, '']);
    expect(run.stderr).toContain(advice);
  });
});
