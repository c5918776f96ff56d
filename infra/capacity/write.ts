import 'reflect-metadata';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { composedServices } from '../generate/compositions';
import { withTables } from './page';
import { tables } from './tables';

/** `npm run capacity`: computes the tables of docs/operations/capacity.md anew. */
const file = path.resolve('docs/operations/capacity.md');
const everySeconds = composedServices().flatMap(({ timers }) => timers.map((timer) => timer.everySeconds));
writeFileSync(file, withTables(readFileSync(file, 'utf8'), tables(everySeconds)));
process.stdout.write(`${file} is up to date\n`);
