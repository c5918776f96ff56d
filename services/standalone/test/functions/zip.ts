import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { unzipSync, zipSync } from 'fflate';

/**
 * The zip that azd sends: all files of the service's `dist`, without `.funcignore` itself and what that names (azd's
 * `createDeployableZip`). Only patterns like `*.map` are understood here; another one is thrown at whoever wrote it.
 */
export function zipped(folder: string): Uint8Array {
  const isIgnored = ignoredBy(readFileSync(path.join(folder, '.funcignore'), 'utf8'));
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== '.funcignore' && !isIgnored(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name));
  return zipSync(
    Object.fromEntries(
      files.map((file) => [path.relative(folder, file).replaceAll(path.sep, '/'), readFileSync(file)]),
    ),
    { level: 1 },
  );
}

export function unzipInto(folder: string, zip: Uint8Array): void {
  for (const [name, bytes] of Object.entries(unzipSync(zip))) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  }
}

function ignoredBy(patterns: string): (name: string) => boolean {
  const endings = patterns
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [, ending] = /^\*(\.\w+)$/.exec(line) ?? [];
      if (ending === undefined)
        throw new Error(`.funcignore has a pattern that is not understood here: ${line}`);
      return ending;
    });
  return (name) => endings.some((ending) => name.endsWith(ending));
}
