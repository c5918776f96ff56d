import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Secrets } from '@boxoffice/shared/platform';
import type { Log } from '@boxoffice/shared/telemetry';
import type { Configuration, Provider as OidcProvider } from 'oidc-provider';
import { sendPage } from '../pages/layout';
import { signInPage } from './page';
import { isEmail, people, personOf } from './people';
import { openSignInStore } from './store';

/** What the API asks of a token; the same names that a B2C or External ID tenant is configured with. */
export const audience = 'api://boxoffice';
export const scope = 'boxoffice';
export const rolesClaim = 'extension_Roles';
export const clientId = 'boxoffice';

export interface SignIn {
  /** Takes requests below `/oidc` and `/sign-in`; false when it is not one of those. */
  handle(req: IncomingMessage, res: ServerResponse): boolean;
  close(): void;
}

/** An OpenID Connect provider of the machine's own: authorisation code with PKCE, RS256 access tokens. */
export async function startSignIn(options: {
  publicUrl: string;
  dataFile: string;
  secrets: Secrets;
  log: Log;
}): Promise<SignIn> {
  // oidc-provider is heavy: only a machine that signs people in itself loads it.
  const { Provider } = await import('oidc-provider');
  const store = openSignInStore(options.dataFile);
  const jwk = JSON.parse(await options.secrets.getOrCreate('sign-in-key', newSigningKey)) as Record<
    string,
    string
  >;
  const cookieKey = await options.secrets.getOrCreate('sign-in-cookies', () =>
    randomBytes(32).toString('base64url'),
  );

  const configuration: Configuration = {
    adapter: store.adapter,
    clients: [
      {
        client_id: clientId,
        token_endpoint_auth_method: 'none',
        redirect_uris: [`${options.publicUrl}/signed-in`, `${options.publicUrl}/docs/oauth2-redirect.html`],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        application_type: 'web',
      },
    ],
    jwks: { keys: [jwk] },
    cookies: { keys: [cookieKey] },
    pkce: { required: () => true },
    scopes: ['openid', 'offline_access', scope],
    claims: { openid: ['sub', 'oid', 'name', 'email', rolesClaim] },
    conformIdTokenClaims: false,
    findAccount: (_context, email) => ({
      accountId: email,
      claims: () => {
        const person = personOf(email);
        return {
          sub: person.id,
          oid: person.id,
          name: person.name,
          email: person.email,
          [rolesClaim]: [...person.roles],
        };
      },
    }),
    extraTokenClaims(_context, token) {
      if (!('accountId' in token) || typeof token.accountId !== 'string') return undefined;
      const person = personOf(token.accountId);
      return {
        oid: person.id,
        name: person.name,
        emails: [person.email],
        [rolesClaim]: [...person.roles],
        scp: scope,
      };
    },
    formats: {
      customizers: {
        // An account is found by its address, but the address is nobody's subject.
        jwt(_context, token, parts) {
          if ('accountId' in token && typeof token.accountId === 'string')
            parts.payload.sub = personOf(token.accountId).id;
        },
      },
    },
    features: {
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => audience,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope,
          audience,
          accessTokenFormat: 'jwt',
          accessTokenTTL: 3600,
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
    interactions: { url: (_context, interaction) => `/sign-in/${interaction.uid}` },
    // Whoever signs in here uses the API: there is nothing to consent to.
    async loadExistingGrant(context) {
      const { session, client, provider } = context.oidc;
      const grant = new provider.Grant({
        clientId: client?.clientId ?? '',
        accountId: session?.accountId ?? '',
      });
      grant.addOIDCScope(`openid offline_access ${scope}`);
      grant.addResourceScope(audience, scope);
      await grant.save();
      return grant;
    },
    ttl: {
      AccessToken: 3600,
      Grant: 14 * 86400,
      IdToken: 3600,
      Interaction: 3600,
      RefreshToken: 14 * 86400,
      Session: 14 * 86400,
    },
  };
  const provider = new Provider(`${options.publicUrl}/oidc`, configuration);
  provider.on('server_error', (_context, error) => options.log.error('sign-in failed', error));
  const callback = provider.callback();

  return {
    handle(req, res) {
      const url = req.url ?? '/';
      if (url.startsWith('/oidc/')) {
        // The provider builds its own addresses from what was stripped.
        Object.assign(req, { originalUrl: url });
        req.url = url.slice('/oidc'.length);
        void callback(req, res);
        return true;
      }
      if (!url.startsWith('/sign-in/')) return false;
      void interact(provider, options.log, req, res);
      return true;
    },
    close: () => store.close(),
  };
}

async function interact(
  provider: OidcProvider,
  log: Log,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  try {
    await provider.interactionDetails(req, res);
    if (req.method !== 'POST') {
      sendPage(res, 'Sign in', signInPage(people));
      return;
    }
    const email = new URLSearchParams(await smallBody(req)).get('email')?.trim() ?? '';
    if (!isEmail(email)) {
      sendPage(res, 'Sign in', signInPage(people, 'That is not an e-mail address.'), 400);
      return;
    }
    await provider.interactionFinished(
      req,
      res,
      { login: { accountId: email } },
      { mergeWithLastSubmission: false },
    );
  } catch (error) {
    const ended = error instanceof Error && error.name === 'SessionNotFound';
    if (!ended) log.error('sign-in failed', error);
    const what = ended ? 'This sign-in has ended or was never begun.' : 'The sign-in did not work.';
    sendPage(res, 'Sign in', signInPage([], `${what} Go back and start again.`), ended ? 400 : 500);
  }
}

async function smallBody(req: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of req) {
    text += String(chunk);
    if (text.length > 4096) throw new Error('too long for a sign-in');
  }
  return text;
}

function newSigningKey(): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return JSON.stringify({
    ...privateKey.export({ format: 'jwk' }),
    use: 'sig',
    alg: 'RS256',
    kid: randomBytes(6).toString('base64url'),
  });
}
