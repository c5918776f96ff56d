import 'reflect-metadata';
import { composed } from '../../test/functions/apps';
import { openCloud } from '../../test/functions/cloud';

/** Doubles of what apps on Azure stand on, in a process of its own; tells its parent each app's settings. */
async function main(): Promise<void> {
  const cloud = await openCloud();
  const { platform, service } = composed['ticket-inventory'](cloud.settings['ticket-inventory']);
  await cloud.createContainers(service);
  await platform.close();
  process.send?.(cloud.settings);
}

void main();
