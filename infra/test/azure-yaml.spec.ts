import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { services } from '@boxoffice/shared/contracts';
import { Ajv2019 } from 'ajv/dist/2019';
import { parse } from 'yaml';

const root = path.resolve(__dirname, '../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

interface Hook {
  readonly shell: string;
  readonly run: string;
}
interface AzureYaml {
  readonly services: Readonly<
    Record<string, { readonly project: string; readonly dist: string; readonly [key: string]: unknown }>
  >;
  readonly hooks: Readonly<Record<string, { readonly posix: Hook; readonly windows: Hook }>>;
  readonly workflows: { readonly up: readonly { readonly azd: string }[] };
}
const text = read('azure.yaml');
const azureYaml = parse(text) as AzureYaml;

interface Schema {
  readonly properties: {
    readonly services: { readonly additionalProperties: object };
    readonly [name: string]: object;
  };
}

/** azd's own schema lets unknown words pass at two places, where a misspelling would go unnoticed: here it does not. */
function strict(schema: Schema): object {
  const { services: some } = schema.properties;
  const closed = {
    ...some,
    additionalProperties: { ...some.additionalProperties, additionalProperties: false },
  };
  return { ...schema, additionalProperties: false, properties: { ...schema.properties, services: closed } };
}

const schema = JSON.parse(read('infra/test/azd/azure.yaml.schema.json')) as Schema;
const validate = new Ajv2019({ allErrors: true, strict: false }).compile(strict(schema));
const faultsOf = (config: unknown): readonly string[] =>
  validate(config)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${String(message)}`);

describe('azure.yaml', () => {
  it('is what azd’s published schema says', () => {
    expect(faultsOf(azureYaml)).toEqual([]);
  });

  it.each([
    ['a service without a host', "required property 'host'", '    host: function\n', ''],
    ['a misspelt word of a service', 'additional properties', 'remoteBuild:', 'remoteBuld:'],
    ['a remote build of a container', 'boolean schema is false', 'language: ts', 'language: docker'],
    ['a hook that azd does not know', 'additional properties', '  postprovision:', '  postprovisioned:'],
    ['a shell that azd does not know', 'allowed values', 'shell: sh', 'shell: zsh'],
    [
      'a shell beside the systems that name theirs',
      'boolean schema is false',
      '  postdeploy:',
      '  postdeploy:\n    shell: sh',
    ],
    ['another workflow', 'additional properties', 'workflows:', 'workflows:\n  down: []'],
    ['a name in capitals', 'pattern', 'name: boxoffice', 'name: Boxoffice'],
  ])('would be found with %s', (_, fault, right, wrong) => {
    expect(text).toContain(right);
    expect(faultsOf(parse(text.replace(right, wrong))).join('\n')).toContain(fault);
  });

  it('names every service that has a Function App, builds it alone, and sends what the build makes', () => {
    const named = azureYaml.services;
    expect(Object.keys(named).sort()).toEqual([...services].sort());
    for (const [service, { project, dist, ...rest }] of Object.entries(named)) {
      expect([project, dist]).toEqual([`./services/${service}`, 'dist/functions']);
      expect(rest).toEqual({ language: 'ts', host: 'function', remoteBuild: false });
      const { scripts } = JSON.parse(read(`services/${service}/package.json`)) as {
        scripts: Record<string, string>;
      };
      expect(scripts['build']).toBe(`node ../../shared/tools/run.mjs build ${service}`);
      // azd reads this one beside package.json to decide where to build.
      expect(existsSync(path.join(root, 'services', service, '.funcignore'))).toBe(false);
    }
  });

  it('provisions before it packages, since what is deployed needs somewhere to go', () => {
    expect(azureYaml.workflows.up.map(({ azd }) => azd)).toEqual(['provision', 'deploy --all']);
  });

  it('migrates before new code arrives, by whichever command that is', () => {
    const { postprovision, predeploy } = azureYaml.hooks;
    expect(postprovision?.posix.run).toContain('azd postprovision');
    expect(predeploy).toEqual(postprovision);
  });

  it('asks the same of every system’s shell, and lets a failure through', () => {
    const hooks = azureYaml.hooks;
    expect(Object.keys(hooks).sort()).toEqual([
      'postdeploy',
      'postprovision',
      'predeploy',
      'prepackage',
      'preprovision',
    ]);
    for (const { posix, windows } of Object.values(hooks)) {
      expect([posix.shell, windows.shell]).toEqual(['sh', 'pwsh']);
      expect(windows.run).toBe(`${posix.run}; exit $LASTEXITCODE`);
      expect(posix.run).toMatch(
        /^node shared\/tools\/run\.mjs (install|azd (preprovision|postprovision|postdeploy))$/,
      );
    }
  });
});
