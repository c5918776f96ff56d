import type { Arm } from '../arm';
import { groupPath, type Place } from '../deployment';
import type { Fault } from '../stopped';

interface Reference {
  readonly name: string;
  readonly properties: { readonly status: string; readonly secretName?: string; readonly vaultName?: string };
}

/** An app's settings that should have come from Key Vault and did not: the app starts with the reference's own text in their place. */
export async function unresolvedReferences(arm: Arm, place: Place, app: string): Promise<readonly Fault[]> {
  const path = `${groupPath(place)}/providers/Microsoft.Web/sites/${app}/config/configreferences/appsettings`;
  const { value } = await arm.get<{ value: readonly Reference[] }>(path, '2025-03-01');
  return value
    .filter(({ properties }) => properties.status !== 'Resolved')
    .map(({ name, properties: { status, secretName = 'the secret', vaultName = 'Key Vault' } }) => ({
      what: `${app}: the setting ${name} should be ${secretName} of ${vaultName}, but is not: ${status}`,
      next: adviceFor(status, secretName, vaultName),
    }));
}

function adviceFor(status: string, secret: string, vault: string): string {
  if (/NotFound$/.test(status))
    return `Set it (\`az keyvault secret set --vault-name ${vault} --name ${secret} --value …\`), then restart the app.`;
  if (status === 'AccessToKeyVaultDenied')
    return `The app's identity needs Key Vault Secrets User on ${vault}; a new role needs some minutes. Restart the app then.`;
  return 'See the setting in the portal, Environment variables: it says what is wrong with the reference.';
}
