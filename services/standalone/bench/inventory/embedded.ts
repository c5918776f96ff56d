import 'reflect-metadata';
import { embeddedPlatform } from '@boxoffice/shared/platform/embedded';
import { compose } from '@boxoffice/ticket-inventory/main';
import { readInventorySettings } from '@boxoffice/ticket-inventory/settings';
import { untold } from '../../../../shared/test/untold';
import { captures } from './captures';
import { concertOf, type Concert } from './concert';
import { serve } from './serve';

/** ticket-inventory alone over one folder, with concerts to put on sale; tells its parent where it answers and what it sells. */
export interface EmbeddedProcess {
  readonly dataDir: string;
  readonly capacities: readonly number[];
}
export interface EmbeddedTold {
  readonly port: number;
  readonly concerts: readonly Concert[];
}

async function main({ dataDir, capacities }: EmbeddedProcess): Promise<void> {
  const platform = embeddedPlatform({ dataDir, telemetry: untold });
  const services = [compose(platform, readInventorySettings(process.env)), captures(platform)];
  for (const service of services) {
    await platform.migrate(service);
    await service.start?.();
    await platform.run(service);
  }
  const concerts = capacities.map((capacity) => concertOf(capacity, platform));
  await platform.bus.publish(concerts.map(({ published }) => published));
  const told: EmbeddedTold = { port: await serve(platform, services), concerts };
  process.send?.(told);
}

void main(JSON.parse(process.argv[2] ?? '') as EmbeddedProcess);
