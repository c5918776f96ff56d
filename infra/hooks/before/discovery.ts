import { SettingsIncomplete } from '@boxoffice/shared/kernel';
import { readIdentitySettings } from '@boxoffice/shared/http/oidc';
import type { Environment } from '../deployment';
import { messageOf, type Fault } from '../stopped';

const timeOutMilliseconds = 10_000;

/** Whether whoever signs people in is there, and calls itself what tokens will be compared with. */
export async function discoveryFaults(environment: Environment): Promise<readonly Fault[]> {
  if (!environment['OIDC_ISSUER'] || !environment['OIDC_AUDIENCE']) return []; // missed as parameters
  let address = '';
  try {
    const { discoveryUrl, issuer } = readIdentitySettings(environment);
    address = discoveryUrl;
    const response = await fetch(discoveryUrl, { signal: AbortSignal.timeout(timeOutMilliseconds) });
    if (!response.ok) return [unreachable(address, `it answers ${response.status}`)];
    const told = ((await response.json()) as { issuer?: string }).issuer ?? '';
    if (told === issuer) return [];
    return [
      {
        what: `OIDC_ISSUER is ${issuer}, but ${discoveryUrl} calls itself ${told || 'nothing'}: every token would be refused.`,
        next: /^https:[\w./-]+$/.test(told) // what another wrote goes into a command
          ? `Run \`azd env set OIDC_ISSUER ${told}\`, with or without its last slash exactly so.`
          : 'Set OIDC_DISCOVERY_URL to the document of the provider that signs people in.',
      },
    ];
  } catch (error) {
    if (error instanceof SettingsIncomplete)
      return [{ what: error.message, next: 'Run `azd env set` for each with its https address.' }];
    return [unreachable(address, messageOf(error))];
  }
}

const unreachable = (address: string, why: string): Fault => ({
  what: `The sign-in provider's description at ${address} cannot be read: ${why}`,
  next: 'Check OIDC_ISSUER, and OIDC_DISCOVERY_URL where the address is another (`azd env get-values`).',
});
