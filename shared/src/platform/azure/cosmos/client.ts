import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { CosmosClient, CosmosClientOptions } from '@azure/cosmos' with { 'resolution-mode': 'import' };
import { credential } from '../credential';
import { listening } from './answers';
import type { CosmosSettings } from './settings';

const open = new Map<string, Promise<CosmosClient>>();

/** One client an account: it keeps the connections, the addresses and the session tokens. */
export function cosmosClient(settings: CosmosSettings): Promise<CosmosClient> {
  const key = [settings.endpoint, settings.clientId, settings.tryMilliseconds, settings.throttledTries].join(
    ' ',
  );
  let client = open.get(key);
  if (client === undefined) {
    client = connect(settings);
    client.catch(() => open.delete(key));
    open.set(key, client);
  }
  return client;
}

/** Lets go of every account; the next call connects anew. */
export async function closeCosmos(): Promise<void> {
  const clients = [...open.values()];
  open.clear();
  for (const client of await Promise.allSettled(clients))
    if (client.status === 'fulfilled') client.value.dispose();
}

async function connect(settings: CosmosSettings): Promise<CosmosClient> {
  const [{ CosmosClient }, { createDefaultHttpClient }] = await Promise.all([
    import('@azure/cosmos'),
    import('@azure/core-rest-pipeline'),
  ]);
  const { key } = settings;
  const options: CosmosClientOptions = {
    endpoint: settings.endpoint,
    ...(key === undefined ? { aadCredentials: await credential(settings.clientId) } : { key }),
    // Unless asked, the SDK sends no session token, and a process may not see what it wrote a moment ago.
    consistencyLevel: 'Session',
    connectionPolicy: {
      requestTimeout: settings.tryMilliseconds ?? 6_000,
      retryOptions: {
        maxRetryAttemptCount: settings.throttledTries ?? 3,
        fixedRetryIntervalInMilliseconds: 0, // as long as the 429 says
        maxWaitTimeInSeconds: 3,
      },
      enableEndpointDiscovery: key === undefined, // an emulator names itself by an address that it may not have
      enableBackgroundEndpointRefreshing: key === undefined,
    },
    // The default has no bound, and a Function App has a few thousand outbound ports for all it does.
    agent: agentFor(settings.endpoint),
    httpClient: listening(createDefaultHttpClient()),
  };
  return new CosmosClient(options);
}

function agentFor(endpoint: string): NonNullable<CosmosClientOptions['agent']> {
  const bounded = { keepAlive: true, maxSockets: 256 };
  return endpoint.startsWith('http:')
    ? new HttpAgent(bounded)
    : new HttpsAgent({ ...bounded, minVersion: 'TLSv1.2' });
}
