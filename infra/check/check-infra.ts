import path from 'node:path';
import { check } from './check';
import { Descriptions } from './describe/descriptions';
import { bicepFilesIn, entriesIn } from './folder';
import { Sources } from './read/sources';

/** Checks every template under a folder: `npm run check-infra`. */
function main([folder = 'infra']: readonly string[]): number {
  const sources = new Sources();
  const files = bicepFilesIn(folder);
  const faults = check(entriesIn(folder, sources), sources, new Descriptions('infra/check/types'));
  for (const { file, line, column, message } of faults)
    process.stdout.write(`${path.relative('.', file)}:${line}:${column} ${message}\n`);
  if (files.length === 0)
    process.stderr.write(`There is no Bicep file in ${folder}: name the folder that has them.\n`);
  else if (faults.length > 0)
    process.stderr.write(
      `Faults: ${faults.length}. Mend them and run this again; what each check is for is in infra/check/README.md.\n`,
    );
  else
    process.stdout.write(
      `${files.length} files, no fault. What only Bicep's own compiler can tell, it tells in the infra workflow.\n`,
    );
  return files.length === 0 ? 2 : faults.length === 0 ? 0 : 1;
}

process.exitCode = main(process.argv.slice(2));
