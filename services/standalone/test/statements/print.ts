import 'reflect-metadata';
import { faultOf } from './check';
import { collect } from './collect';
import { shapes } from './statement';

/** Prints each statement that Azure SQL is sent, by service and file; fails where one is no T-SQL, or may be missing. */
async function print(root: string): Promise<number> {
  const { statements, unreached } = await collect(root);
  const printed = shapes(statements);
  let heading = '';
  for (const { of, from, sql } of printed) {
    if (heading !== `${of}, ${from}`) console.log(`\n-- ${(heading = `${of}, ${from}`)}`);
    console.log(`${sql};`);
  }
  console.log(`\n-- ${statements.length} statements of ${printed.length} shapes`);
  const faults = statements.flatMap((one) => {
    const fault = faultOf(one);
    return fault === undefined ? [] : [`${one.of}, ${one.from}: ${fault}\n  ${one.sql}`];
  });
  for (const fault of faults) console.error(fault);
  for (const place of unreached)
    console.error(`${place}: builds a query, and no spec of its service runs it`);
  return faults.length + unreached.length;
}

void print(process.cwd()).then((wrong) => process.exit(wrong === 0 ? 0 : 1));
