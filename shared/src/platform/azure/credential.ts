import type { TokenCredential } from '@azure/identity';

const known = new Map<string, Promise<TokenCredential>>();

/**
 * Who the app is: its user-assigned identity where a client id is given, or else whoever is signed in on this machine.
 * One for all SDKs, since it keeps the tokens.
 */
export function credential(clientId: string | undefined): Promise<TokenCredential> {
  const key = clientId ?? '';
  let found = known.get(key);
  if (found === undefined) {
    found = make(clientId);
    found.catch(() => known.delete(key));
    known.set(key, found);
  }
  return found;
}

async function make(clientId: string | undefined): Promise<TokenCredential> {
  const { DefaultAzureCredential, ManagedIdentityCredential } = await import('@azure/identity');
  return clientId === undefined ? new DefaultAzureCredential() : new ManagedIdentityCredential({ clientId });
}
