import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { openJob, type Job } from './workflows/stand-in';

const root = path.resolve(__dirname, '../..');
const script = (name: string): string => path.join(root, '.github/scripts', name);

let job: Job | undefined;
afterEach(() => {
  job?.end();
  job = undefined;
});
const open = (programs: Readonly<Record<string, string>>): Job => (job = openJob(programs));
const packagesIn = (at: Job, ...services: readonly string[]): string => {
  const folder = path.join(at.folder, 'packages');
  mkdirSync(folder);
  for (const service of services) writeFileSync(path.join(folder, `${service}.zip`), service);
  return folder;
};

describe('deploy-packages.sh', () => {
  it('has azd deploy each package as it is', () => {
    const at = open({ azd: '' });
    const folder = packagesIn(at, 'notification', 'ticket-inventory');
    const { code, calls } = at.run(script('deploy-packages.sh'), [folder]);
    expect([code, calls]).toEqual([
      0,
      ['notification', 'ticket-inventory'].map(
        (service) => `azd deploy ${service} --from-package ${folder}/${service}.zip --no-prompt`,
      ),
    ]);
  });

  it('stops at the first that fails its smoke test, and fails', () => {
    const at = open({ azd: 'exit 3' });
    const { code, calls } = at.run(script('deploy-packages.sh'), [packagesIn(at, 'notification', 'web')]);
    expect([code, calls.length]).toEqual([3, 1]);
  });

  it('does not take an empty folder for a deployment', () => {
    const at = open({ azd: '' });
    const { code, out, calls } = at.run(script('deploy-packages.sh'), [packagesIn(at)]);
    expect([code, out, calls]).toEqual([1, expect.stringContaining('package.sh makes them'), []]);
  });
});

describe('fetch-deployed.sh', () => {
  const environment = { GITHUB_REPOSITORY: 'boxoffice/boxoffice' };
  const fetch = (api: string) => {
    const at = open({
      gh: `case "$1" in api) ${api} ;; run) echo zip > "\${@: -1}/notification.zip" ;; esac`,
    });
    const folder = path.join(at.folder, 'previous');
    return { folder, ...at.run(script('fetch-deployed.sh'), ['prod', folder], environment) };
  };

  it('fetches what the last good deployment kept', () => {
    const { code, calls, folder, out } = fetch('echo 42');
    expect(code).toBe(0);
    expect(calls[0]).toContain('repos/boxoffice/boxoffice/actions/artifacts?name=deployed-prod');
    expect(calls[1]).toBe(
      `gh run download 42 --repo boxoffice/boxoffice --name deployed-prod --dir ${folder}`,
    );
    expect(readdirSync(folder)).toEqual(['notification.zip']);
    expect(out).toContain('run 42 deployed: notification.zip');
  });

  it('says so where there is nothing to go back to, and lets the deployment go on', () => {
    const { code, calls, folder, out } = fetch('echo');
    expect([code, calls.length, readdirSync(folder)]).toEqual([0, 1, []]);
    expect(out).toContain("can't be rolled back by itself");
  });

  it('fails where nobody can tell what runs there', () => {
    expect(fetch('exit 1').code).toBe(1);
  });
});

describe('make-environment.sh', () => {
  const settings =
    'AZURE_ENV_NAME="prod"\nAZURE_LOCATION="westeurope"\nAZURE_SUBSCRIPTION_ID="a-subscription"';
  const make = (given: Readonly<Record<string, string>>) => {
    const at = open({ azd: `[ "$2" = set ] && cp "$4" kept.env || true` });
    const made = at.run(script('make-environment.sh'), [], given);
    const kept = path.join(at.folder, 'kept.env');
    return { ...made, kept: existsSync(kept) ? readFileSync(kept, 'utf8') : '' };
  };

  it('makes the environment and gives it all settings, and who deploys', () => {
    const { code, calls, kept } = make({ SETTINGS: `${settings}\nPROFILE=prod` });
    expect(code).toBe(0);
    expect(calls[0]).toBe('azd env new prod --location westeurope --subscription a-subscription --no-prompt');
    expect(kept).toBe(`${settings}\nPROFILE=prod\nAZURE_PRINCIPAL_TYPE=ServicePrincipal\n`);
  });

  it.each([
    [{}, 'no variable AZD_SETTINGS'],
    [{ SETTINGS: '' }, 'no variable AZD_SETTINGS'],
    [{ SETTINGS: settings.replace('AZURE_LOCATION', 'LOCATION') }, 'no line AZURE_LOCATION='],
  ])('says what is missing of %j', (given, told) => {
    const { code, out, calls } = make(given);
    expect([code, out, calls]).toEqual([1, expect.stringContaining(told), []]);
  });
});

describe('wait.sh', () => {
  const wait = path.join(root, 'infra/emulators/wait.sh');

  it('goes on once all three answer', () => {
    const at = open({ docker: '', curl: '' });
    const { code, out, calls } = at.run(wait);
    expect([code, out]).toEqual([0, 'SQL Server answers\nCosmos DB answers\nService Bus answers\n']);
    expect(calls[0]).toContain('exec --no-TTY sql');
    expect(calls[0]).toContain('READ_COMMITTED_SNAPSHOT ON');
  });

  it('says which one does not, and where to look', () => {
    const at = open({ docker: '', curl: 'exit 7' });
    const { code, out } = at.run(wait, [], { EMULATOR_PATIENCE: '1' });
    expect([code, out]).toEqual([1, expect.stringContaining('Cosmos DB did not answer in time')]);
    expect(out).toContain('compose.yaml logs');
  });
});

describe('package.sh', () => {
  const repository = (at: Job, built: boolean): string => {
    mkdirSync(path.join(at.folder, '.github/scripts'), { recursive: true });
    cpSync(script('package.sh'), path.join(at.folder, '.github/scripts/package.sh'));
    const dist = path.join(at.folder, 'services/tickets/dist/functions');
    mkdirSync(path.join(at.folder, 'services/tickets/src'), { recursive: true });
    writeFileSync(path.join(at.folder, 'services/tickets/src/functions.ts'), '');
    mkdirSync(path.join(dist, 'lazy'), { recursive: true });
    if (built)
      for (const file of ['functions.js', 'functions.js.map', 'host.json', 'lazy/mssql.js'])
        writeFileSync(path.join(dist, file), file);
    return path.join(at.folder, '.github/scripts/package.sh');
  };

  it('refuses what was not built', () => {
    const at = open({});
    const { code, out } = at.run(repository(at, false), ['packages']);
    expect([code, out]).toEqual([1, expect.stringContaining('npm run build')]);
  });

  const zips = spawnSync('zip', ['-v']).status === 0 && spawnSync('unzip', ['-v']).status === 0;
  (zips ? it : it.skip)(
    'zips what a Function App needs, at the root of the zip (needs zip and unzip)',
    () => {
      const at = open({});
      const { code, out } = at.run(repository(at, true), ['packages']);
      expect([code, out]).toEqual([0, expect.stringMatching(/^tickets\.zip: \d+ KB\n$/)]);
      const listed = spawnSync('unzip', ['-Z1', path.join(at.folder, 'packages/tickets.zip')], {
        encoding: 'utf8',
      });
      const files = listed.stdout.split('\n').filter((line) => line !== '' && !line.endsWith('/'));
      expect(files.sort()).toEqual(['functions.js', 'host.json', 'lazy/mssql.js']);
    },
  );
});

describe('BOXOFFICE_NODE', () => {
  it('refuses another Node.js than the one that it asks for', () => {
    const { status, stderr } = spawnSync(
      process.execPath,
      [path.join(root, 'shared/tools/run.mjs'), 'help'],
      {
        encoding: 'utf8',
        env: { ...process.env, BOXOFFICE_NODE: '18' },
      },
    );
    expect([status, stderr]).toEqual([1, expect.stringContaining('asks for Node.js 18')]);
  });
});
