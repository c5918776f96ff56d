import 'reflect-metadata';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { createDispatcher, serveHttp } from '@boxoffice/shared/http';
import { SettingsIncomplete } from '@boxoffice/shared/kernel';
import {
  DataFolderTaken,
  embeddedPlatform,
  machineClock,
  workerPress,
} from '@boxoffice/shared/platform/embedded';
import { consoleTelemetry } from '@boxoffice/shared/telemetry';
import { composeAll, startAll } from './boxoffice';
import { openDesk } from './desk';
import { openIdentity } from './identity';
import { describeImport, importEvents, UnreadableFile } from './import/import-events';
import { pagesOf } from './pages/pages';
import { openSandbox } from './sandbox';
import { loadSeason } from './season/load-season';
import { readStandaloneSettings } from './settings';
import { people } from './sign-in/people';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** The whole of Boxoffice in one process; `npm start`. */
async function main(): Promise<void> {
  const options = parseArgs({
    options: {
      import: { type: 'string', multiple: true, default: [] },
      'time-zone': { type: 'string', default: 'UTC' },
      currency: { type: 'string', default: 'EUR' },
      country: { type: 'string', default: 'AT' },
    },
  }).values;
  const settings = readStandaloneSettings(process.env);
  mkdirSync(settings.dataDir, { recursive: true });
  const telemetry = consoleTelemetry({ clock: machineClock, level: settings.logLevel });
  const press = workerPress(path.join(__dirname, 'press-worker.js'));
  const platform = embeddedPlatform({ dataDir: settings.dataDir, telemetry, press });
  const identity = await openIdentity(settings, process.env, platform);
  const sandbox = await openSandbox(settings, platform);
  const services = composeAll(platform, {
    CHECKOUT_RETURN_URL: `${settings.publicUrl}/returned?order={orderId}`,
    ...sandbox?.environment,
    ...process.env,
  });
  const stopServices = await startAll(platform, services);
  const dispatch = createDispatcher(services, {
    authenticate: identity.authenticate,
    telemetry,
    clock: platform.clock,
    openapi: { title: 'Boxoffice', version: '1', openIdConnectUrl: identity.discoveryUrl },
  });
  const extra = pagesOf({
    mailbox: settings.private ? platform.mailbox : undefined,
    signIn: identity.signIn,
    sandbox,
    metricsText: () => telemetry.metricsText(),
  });
  const server = await serveHttp(dispatch, { port: settings.port, host: settings.host, extra });
  say(`Boxoffice is open at ${settings.publicUrl} (data in ${settings.dataDir}; Ctrl-C closes it)`);

  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    await server.stop();
    await stopServices();
    sandbox?.close();
    identity.close();
    await press.close();
    await platform.close();
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => void stop().then(() => process.exit(0)));

  const [organizer] = people;
  if (!organizer) throw new Error('nobody can organise');
  const desk = openDesk(platform, services, {
    userId: organizer.id,
    name: organizer.name,
    email: organizer.email,
  });
  if (settings.season && (await loadSeason(desk, settings.dataDir, platform.clock)) === 'loaded')
    say(`A season of events is on sale: ${settings.publicUrl}/api/v1/events`);
  const defaults = { timeZone: options['time-zone'], currency: options.currency, country: options.country };
  for (const file of options.import)
    say(describeImport(await importEvents(path.resolve(file), desk, defaults)));
}

main().catch((error: unknown) => {
  const foreseen =
    error instanceof SettingsIncomplete ||
    error instanceof DataFolderTaken ||
    error instanceof UnreadableFile ||
    (error as { code?: string }).code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION';
  const taken = (error as { code?: string }).code === 'EADDRINUSE';
  const text = taken
    ? `Port ${process.env['PORT'] ?? '8080'} is taken: end what listens there, or choose another with PORT=… npm start.`
    : foreseen
      ? (error as Error).message
      : `Boxoffice could not start: ${(error as Error).stack ?? String(error)}`;
  process.stderr.write(`${text}\n`, () => process.exit(1));
});
