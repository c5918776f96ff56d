import 'reflect-metadata';
import { parseArgs } from 'node:util';
import type { Bench, Group } from './group';
import { contention } from './groups/contention';
import { holds } from './groups/holds';
import { listeners } from './groups/listeners';
import { orders } from './groups/orders';
import { processes } from './groups/processes';
import { purchases } from './groups/purchases';
import { scale } from './groups/scale';
import { start } from './groups/start';
import { tickets } from './groups/tickets';
import { Table } from './table';

/** In the order of the table. */
const groups: Readonly<Record<string, Group>> = {
  start,
  holds,
  purchases,
  listeners,
  contention,
  processes,
  scale,
  orders,
  tickets,
};

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: Object.keys(groups) },
    seconds: { type: 'string', default: '8' },
    json: { type: 'string' },
  },
});

async function main(): Promise<void> {
  const unknown = values.only.filter((name) => !(name in groups));
  if (unknown.length > 0)
    throw new Error(`no figures called ${unknown.join(', ')}: there are ${Object.keys(groups).join(', ')}`);
  const table = new Table();
  const bench: Bench = {
    seconds: Number(values.seconds),
    report: table.report,
    tell: (progress) => console.error(`… ${progress}`),
  };
  console.log(
    `Figures of this machine (node ${process.version}); each load runs ${bench.seconds} s. Targets: product promises.\n`,
  );
  for (const [name, measure] of Object.entries(groups)) if (values.only.includes(name)) await measure(bench);
  if (values.json !== undefined) table.write(values.json);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
