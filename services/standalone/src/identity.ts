import path from 'node:path';
import type { Authenticate } from '@boxoffice/shared/http';
import { oidcAuthenticator, readIdentitySettings } from '@boxoffice/shared/http/oidc';
import type { Platform } from '@boxoffice/shared/platform';
import type { Environment, StandaloneSettings } from './settings';
import { audience, rolesClaim, scope, startSignIn, type SignIn } from './sign-in/provider';

export interface Identity {
  readonly authenticate: Authenticate;
  readonly discoveryUrl: string;
  /** The provider inside, where there is none elsewhere. */
  readonly signIn: SignIn | undefined;
  close(): void;
}

/** Who calls: asked of the provider that the settings name, or else of the one inside; checked by the same code. */
export async function openIdentity(
  settings: StandaloneSettings,
  environment: Environment,
  platform: Platform,
): Promise<Identity> {
  const inside = {
    OIDC_ISSUER: `${settings.publicUrl}/oidc`,
    OIDC_AUDIENCE: audience,
    OIDC_ROLES_CLAIM: rolesClaim,
    OIDC_REQUIRED_SCOPE: scope,
    OIDC_DISCOVERY_URL: `http://127.0.0.1:${settings.port}/oidc/.well-known/openid-configuration`,
  };
  const identity = readIdentitySettings(settings.issuer === undefined ? inside : environment);
  const signIn =
    settings.issuer === undefined
      ? await startSignIn({
          publicUrl: settings.publicUrl,
          dataFile: path.join(settings.dataDir, 'sign-in.db'),
          secrets: platform.secrets,
          log: platform.telemetry.log,
        })
      : undefined;
  return {
    authenticate: oidcAuthenticator(identity, { clock: platform.clock, telemetry: platform.telemetry }),
    discoveryUrl: signIn
      ? `${settings.publicUrl}/oidc/.well-known/openid-configuration`
      : identity.discoveryUrl,
    signIn,
    close: () => signIn?.close(),
  };
}
