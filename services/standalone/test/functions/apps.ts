import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ServiceName } from '@boxoffice/shared/contracts';
import { compose as composeEvents } from '@boxoffice/event-management/main';
import { readEventManagementSettings } from '@boxoffice/event-management/settings';
import { compose as composeNotification } from '@boxoffice/notification/main';
import { readNotificationSettings } from '@boxoffice/notification/settings';
import { compose as composePayments } from '@boxoffice/payment-processing/main';
import { readPaymentSettings } from '@boxoffice/payment-processing/settings';
import type { Platform, Service } from '@boxoffice/shared/platform';
import {
  azurePlatform,
  azureSql,
  readAzureSettings,
  type AzureResource,
} from '@boxoffice/shared/platform/azure';
import { compose as composeInventory } from '@boxoffice/ticket-inventory/main';
import { readInventorySettings } from '@boxoffice/ticket-inventory/settings';
import type { FunctionsHost } from '../../../../shared/test/doubles/functions-host';
import { untold } from '../../../../shared/test/untold';
import type { Settings } from './cloud';

interface Composed {
  readonly platform: Platform;
  readonly service: Service;
}

/** Each service as its app composes it, here: what its triggers should be, and the step that migrates its database. */
export const composed: Readonly<Record<ServiceName, (settings: Settings) => Composed>> = {
  'event-management': on(['sql', 'bus'], (platform, settings) =>
    composeEvents(platform, readEventManagementSettings(settings)),
  ),
  'ticket-inventory': on(['documents', 'bus', 'secrets'], (platform, settings) =>
    composeInventory(platform, readInventorySettings(settings)),
  ),
  'payment-processing': on(['sql', 'bus', 'secrets'], (platform, settings) =>
    composePayments(platform, readPaymentSettings(settings)),
  ),
  notification: on(['documents', 'bus', 'mail'], (platform, settings) =>
    composeNotification(platform, readNotificationSettings(settings)),
  ),
};

function on(
  needs: readonly AzureResource[],
  compose: (platform: Platform, settings: Settings) => Service,
): (settings: Settings) => Composed {
  return (settings) => {
    const platform = azurePlatform(readAzureSettings(settings, needs), untold, { sql: azureSql });
    return { platform, service: compose(platform, settings) };
  };
}

/** One address for all apps, as API Management is: a request goes to the app that has its route. `apps` are asked for with each. */
export async function openFrontDoor(
  apps: () => readonly FunctionsHost[],
): Promise<{ readonly origin: string; close(): Promise<void> }> {
  const answerOf = async (call: Parameters<FunctionsHost['http']>[0]) => {
    let answer: Awaited<ReturnType<FunctionsHost['http']>> | undefined;
    for (const app of apps()) {
      answer = await app.http(call);
      if (answer.status !== 404 || answer.bytes.length > 0) break; // the host's own 404 has no body
    }
    return answer;
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = 'GET', url = '/' } = request;
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
      );
      const body = chunks.length === 0 ? {} : { body: Buffer.concat(chunks) };
      answerOf({ method, url, headers, ...body }).then(
        (answer) => response.writeHead(answer?.status ?? 404, answer?.headers).end(answer?.bytes),
        (error: unknown) => response.writeHead(500).end(String(error)),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
