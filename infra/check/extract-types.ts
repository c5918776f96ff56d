import { existsSync } from 'node:fs';
import path from 'node:path';
import { Descriptions } from './describe/descriptions';
import { extract } from './describe/extract';
import { bicepFilesIn } from './folder';
import { Sources } from './read/sources';

const usage = `npm run extract-types -- --from DIR [TYPE@VERSION …]
DIR is a checkout of https://github.com/Azure/bicep-types-az. Without names: what the templates under infra/ use, and nothing else is kept.
`;

/** Takes the descriptions of resource types into infra/check/types. */
function main([option, checkout, ...named]: readonly string[]): number {
  if (option !== '--from' || checkout === undefined || !existsSync(path.join(checkout, 'generated'))) {
    process.stderr.write(usage);
    return 2;
  }
  const descriptions = new Descriptions('infra/check/types');
  const wanted = named.length > 0 ? named : used();
  let missing = 0;
  for (const one of wanted) {
    const [type = '', version = ''] = one.split('@');
    const found = extract(checkout, type, version);
    if (found !== undefined) descriptions.keep(found);
    else {
      missing++;
      process.stderr.write(
        `${one} isn't described in ${checkout}: choose a version that is, or fetch a newer checkout.\n`,
      );
    }
  }
  const left = named.length > 0 ? [] : descriptions.leaveOut(new Set(wanted));
  process.stdout.write(
    `${wanted.length - missing} descriptions kept, ${left.length} that nobody uses left out\n`,
  );
  return missing === 0 ? 0 : 1;
}

function used(): readonly string[] {
  const sources = new Sources();
  const all = bicepFilesIn('infra').flatMap((file) => sources.bicep(file)?.resources ?? []);
  return [...new Set(all.map(({ type, apiVersion }) => `${type}@${apiVersion}`))].sort();
}

process.exitCode = main(process.argv.slice(2));
