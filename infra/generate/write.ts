import 'reflect-metadata';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { generatedFiles } from './generated';

// Run from the repository's root, as npm scripts are.
const folder = path.resolve('infra/generated');
mkdirSync(folder, { recursive: true });
for (const [name, text] of generatedFiles()) {
  writeFileSync(path.join(folder, name), text);
  process.stdout.write(`${path.join('infra/generated', name)}: ${text.length} characters\n`);
}
