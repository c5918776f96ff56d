import { AzureDeveloperCliCredential, type TokenCredential } from '@azure/identity';
import type { Environment } from './deployment';

/** Who is signed in to azd, and nobody else who may be signed in on this machine. */
export const deployer = ({ AZURE_TENANT_ID: tenantId }: Environment): TokenCredential =>
  new AzureDeveloperCliCredential({ processTimeoutInMs: 60_000, ...(tenantId && { tenantId }) });

export const tokenFrom =
  (credential: TokenCredential) =>
  async (scope: string): Promise<string> => {
    const token = await credential.getToken(scope);
    if (token === null) throw new Error('azd gave no token');
    return token.token;
  };
