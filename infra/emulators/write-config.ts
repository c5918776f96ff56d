import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { serviceBusConfig } from './service-bus-config';

/** `npm run emulator-config`: what compose.yaml has the Service Bus emulator read. */
const file = path.resolve('infra/emulators/dist/service-bus.json');
mkdirSync(path.dirname(file), { recursive: true });
writeFileSync(file, `${JSON.stringify(serviceBusConfig(), null, 2)}\n`);
process.stdout.write(
  `${file}\nNext: EMULATOR_PASSWORD=… docker compose --file infra/emulators/compose.yaml up --detach\n`,
);
