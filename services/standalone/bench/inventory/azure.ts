import 'reflect-metadata';
import { azurePlatform, readAzureSettings } from '@boxoffice/shared/platform/azure';
import { compose } from '@boxoffice/ticket-inventory/main';
import { readInventorySettings } from '@boxoffice/ticket-inventory/settings';
import { untold } from '../../../../shared/test/untold';
import { serve } from './serve';

/** One process of ticket-inventory over the adapters for Azure, set up by its environment; tells its parent the port that it answers at. */
export interface AzureProcess {
  /** Whether it also does what one process of an app does for all: it follows the change feed, and sweeps. */
  readonly sweeps: boolean;
  /** By which this process's clock is ahead. */
  readonly minutesAhead: number;
}

async function main({ sweeps, minutesAhead }: AzureProcess): Promise<void> {
  const machineNow = Date.now;
  Date.now = () => machineNow() + minutesAhead * 60_000;
  const platform = azurePlatform(readAzureSettings(process.env, ['documents', 'bus', 'secrets']), untold);
  const service = compose(platform, readInventorySettings({}));
  await platform.run(sweeps ? service : { ...service, feeds: [], timers: [] });
  process.send?.(await serve(platform, [service]));
}

void main(JSON.parse(process.argv[2] ?? '') as AzureProcess);
