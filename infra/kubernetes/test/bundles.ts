import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { services, type ServiceName } from '@boxoffice/shared/contracts';

export const root = path.resolve(__dirname, '../../..');
export const bundleOf = (service: ServiceName): string =>
  path.join(root, 'services', service, 'dist/functions/functions.js');
export const standalone = path.join(root, 'services/standalone/dist/main.js');

/** Builds where something has not been built; `npm test` has, just before. */
export function buildWhatIsMissing(): void {
  if ([...services.map(bundleOf), standalone].every((file) => existsSync(file))) return;
  const tasks = path.join(root, 'shared/tools/tasks.mjs');
  const run = spawnSync(process.execPath, [tasks, 'build'], { cwd: root, encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`not built: ${run.stderr}`);
}
