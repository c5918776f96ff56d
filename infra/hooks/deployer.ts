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

export interface Holder {
  readonly type: 'User' | 'ServicePrincipal';
  /** Of the object in Entra; undefined where the token does not say. */
  readonly id: string | undefined;
}

/** Whose token it is, by its claims; it is Azure that checks it. An app's has `idtyp` (learn.microsoft.com, access token claims). */
export function whoHolds(token: string): Holder {
  const [, payload = ''] = token.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString() || '{}') as Record<string, unknown>;
  const { oid, idtyp } = claims;
  return {
    type: idtyp === 'app' ? 'ServicePrincipal' : 'User',
    id: typeof oid === 'string' ? oid : undefined,
  };
}
