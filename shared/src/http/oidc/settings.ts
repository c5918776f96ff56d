import { SettingsIncomplete, readSettings } from '../../kernel';

/**
 * Which tokens are believed. Profiles (learn.microsoft.com, "OpenID Connect on the Microsoft identity platform"):
 *
 * | | Azure AD B2C | Microsoft Entra External ID |
 * |---|---|---|
 * | OIDC_ISSUER | `https://{t}.b2clogin.com/{tenant id}/v2.0/` with its slash | `https://{tenant id}.ciamlogin.com/{tenant id}/v2.0` without |
 * | OIDC_DISCOVERY_URL | `https://{t}.b2clogin.com/{t}.onmicrosoft.com/{policy}/v2.0/.well-known/openid-configuration` | `https://{t}.ciamlogin.com/{tenant id}/v2.0/.well-known/openid-configuration` |
 * | OIDC_ROLES_CLAIM | `extension_Roles` | `roles` |
 * | OIDC_POLICIES | the policies that sign people in, e.g. `B2C_1A_signin` | not set |
 */
export interface IdentitySettings {
  /** Compared with `iss` character by character. */
  readonly issuer: string;
  /** One of them must be among a token's `aud`. */
  readonly audiences: readonly string[];
  readonly discoveryUrl: string;
  readonly rolesClaim: string;
  /** A scope that each token must have; undefined: none. */
  readonly requiredScope: string | undefined;
  /** The B2C policies (`tfp`, or else `acr`) that are let in, in lower case; empty: policies are not looked at. */
  readonly policies: readonly string[];
}

/** OIDC_ISSUER, OIDC_AUDIENCE (several with commas), OIDC_DISCOVERY_URL, OIDC_ROLES_CLAIM, OIDC_REQUIRED_SCOPE, OIDC_POLICIES. */
export function readIdentitySettings(
  environment: Readonly<Record<string, string | undefined>>,
): Readonly<IdentitySettings> {
  const settings = readSettings(environment, (setting) => {
    const issuer = setting.text('OIDC_ISSUER');
    const discoveryUrl = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    return {
      issuer,
      audiences: list(setting.text('OIDC_AUDIENCE')),
      discoveryUrl: setting.textOr('OIDC_DISCOVERY_URL', '') || discoveryUrl,
      rolesClaim: setting.textOr('OIDC_ROLES_CLAIM', '') || 'roles',
      requiredScope: setting.textOr('OIDC_REQUIRED_SCOPE', '') || undefined,
      policies: list(setting.textOr('OIDC_POLICIES', '').toLowerCase()),
    };
  });
  const insecure = [
    ['OIDC_ISSUER', settings.issuer],
    ['OIDC_DISCOVERY_URL', settings.discoveryUrl],
  ].filter(([, url = '']) => !isTrustworthy(url));
  if (insecure.length > 0) {
    const faults = insecure.map(([name, url]) => `${name} is not an https address: ${url}`);
    throw new SettingsIncomplete(`Settings: ${faults.join('; ')}. Plain http is for this machine alone.`);
  }
  return settings;
}

const list = (text: string): string[] =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

/** Keys from an address that anyone on the way could answer for would let anyone in. */
export function isTrustworthy(address: string): boolean {
  const url = URL.parse(address);
  return (
    url !== null &&
    (url.protocol === 'https:' ||
      (url.protocol === 'http:' && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname)))
  );
}
