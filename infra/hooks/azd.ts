import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fromMilliseconds, type Clock } from '@boxoffice/shared/kernel';
import { mssqlDatabase } from '@boxoffice/shared/platform/azure/sql';
import { armClient, armScope } from './arm';
import { deployer, tokenFrom } from './deployer';
import { postdeploy } from './postdeploy';
import { postprovision } from './postprovision';
import { preprovision } from './preprovision';
import { messageOf, Stopped } from './stopped';

const environment = process.env;
const credential = deployer(environment);
const token = tokenFrom(credential);
const clock: Clock = { now: () => fromMilliseconds(Date.now()), sleep: (milliseconds) => wait(milliseconds) };
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const shared = { arm: armClient(() => token(armScope)), clock, say, token };

const hooks: Readonly<Record<string, () => Promise<void>>> = {
  preprovision: () =>
    preprovision(environment, {
      ...shared,
      // The bundle runs from hooks/dist.
      read: (file) => readFileSync(path.join(__dirname, '../..', file), 'utf8'),
    }),
  postprovision: () =>
    postprovision(environment, {
      ...shared,
      // A serverless database that sleeps needs about a minute to wake.
      connect: (server, database) =>
        mssqlDatabase({ server, database, credential, retries: 10, firstDelayMilliseconds: 500 }),
    }),
  postdeploy: () => postdeploy(environment, shared),
};

async function main(asked: string | undefined): Promise<number> {
  const hook = hooks[asked ?? ''];
  if (hook === undefined) {
    process.stderr.write(
      `Usage: npm run azd -- ${Object.keys(hooks).join('|')}, with azd's environment, as azd's hooks do\n`,
    );
    return 2;
  }
  try {
    await hook();
    return 0;
  } catch (error) {
    process.stderr.write(
      `\n${asked ?? ''} stopped:\n${error instanceof Stopped ? error.message : unforeseen(error)}\n`,
    );
    return 1;
  }
}

const unforeseen = (error: unknown): string =>
  `${messageOf(error)}\n  → This was not foreseen. Run the command again; where it stays so, \`azd hooks run\` with --debug shows more.`;

void main(process.argv[2]).then((code) => process.exit(code));
