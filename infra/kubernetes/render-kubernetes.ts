import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { parseArgs, parseEnv } from 'node:util';
import { SettingsIncomplete } from '@boxoffice/shared/kernel';
import { stringify } from 'yaml';
import { manifestsOf } from './manifests';

const usage = 'npm run --silent render-kubernetes -- --env FILE [--mesh] | kubectl apply -f -';

/** Prints what `kubectl apply` takes, or nothing but what is missing. */
function main(): void {
  const { env, mesh } = parseArgs({
    options: { env: { type: 'string' }, mesh: { type: 'boolean', default: false } },
  }).values;
  if (env === undefined) throw new SettingsIncomplete(`Name the environment's file: ${usage}`);
  const manifests = manifestsOf(parseEnv(readFileSync(env, 'utf8')), { mesh });
  // Without aliases: other readers of YAML need not follow them.
  const documents = manifests.map((manifest) => stringify(manifest, { aliasDuplicateObjects: false }));
  process.stdout.write(documents.join('---\n'));
}

try {
  main();
} catch (error) {
  const { code, message } = error as NodeJS.ErrnoException;
  const foreseen = error instanceof SettingsIncomplete || (code?.startsWith('ERR_PARSE_ARGS') ?? false);
  const advice =
    code === 'ENOENT'
      ? `${message}\nWrite it with: azd env get-values > FILE. infra/kubernetes/README.md says what is added.`
      : foreseen
        ? `${message}\nNothing was printed. infra/kubernetes/README.md says where each comes from.`
        : ((error as Error).stack ?? String(error));
  process.stderr.write(`${advice}\n`);
  process.exitCode = 1;
}
