import { readdirSync } from 'node:fs';
import path from 'node:path';
import { templatesOf, type Sources } from './read/sources';

/** Every Bicep file under a folder. */
export function bicepFilesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.bicep') && !file.includes('node_modules'))
    .map((file) => path.resolve(folder, file))
    .sort();
}

/** Those that no other one takes in: what somebody deploys. */
export function entriesIn(folder: string, sources: Sources): readonly string[] {
  const files = bicepFilesIn(folder);
  const takenIn = new Set(
    files.flatMap((file) =>
      templatesOf(sources, file)
        .map((template) => template.path)
        .filter((other) => other !== file),
    ),
  );
  return files.filter((file) => !takenIn.has(file));
}
