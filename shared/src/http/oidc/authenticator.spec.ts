import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SignJWT, exportJWK, generateKeyPair, type CryptoKey, type JWK } from 'jose';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SettingsIncomplete, fromMilliseconds } from '../../kernel';
import { consoleTelemetry } from '../../telemetry';
import type { Problem } from '../problem';
import { oidcAuthenticator } from './authenticator';
import { readIdentitySettings, type IdentitySettings } from './settings';

interface Key {
  readonly private: CryptoKey;
  readonly public: JWK;
  readonly spki: CryptoKey;
}

/** A provider on loopback, as many questions as it was asked. */
class LoopbackProvider {
  keys: JWK[] = [];
  issuer = '';
  answering = true;
  discoveries = 0;
  fetches = 0;
  private readonly server: Server = createServer((req, res) => {
    if (!this.answering) {
      res.writeHead(500).end();
      return;
    }
    const isDiscovery = req.url?.includes('openid-configuration') === true;
    if (isDiscovery) this.discoveries++;
    else this.fetches++;
    res.setHeader('content-type', 'application/json');
    res.end(
      JSON.stringify(
        isDiscovery ? { issuer: this.issuer, jwks_uri: `${this.origin}/keys` } : { keys: this.keys },
      ),
    );
  });
  origin = '';

  async open(): Promise<void> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    this.origin = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }
  async close(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, 'close');
  }
}

const provider = new LoopbackProvider();
const issuer = 'https://demo.b2clogin.com/tenant/v2.0/';
const audience = 'api://boxoffice';
let now = Date.now();
let lines: string[] = [];
const clock = { now: () => fromMilliseconds(now), sleep: async () => undefined };
const telemetry = consoleTelemetry({ clock, write: (line) => lines.push(line) });
let key: Key;
let other: Key;

async function newKey(kid: string): Promise<Key> {
  const pair = await generateKeyPair('RS256', { extractable: true });
  return {
    private: pair.privateKey,
    spki: pair.publicKey,
    public: { ...(await exportJWK(pair.publicKey)), kid, alg: 'RS256', use: 'sig' },
  };
}

beforeAll(async () => {
  await provider.open();
  [key, other] = await Promise.all([newKey('k1'), newKey('k2')]);
});
afterAll(() => provider.close());
beforeEach(() => {
  provider.keys = [key.public];
  provider.issuer = issuer;
  provider.answering = true;
  provider.discoveries = 0;
  provider.fetches = 0;
  now = Date.now();
  lines = [];
});

const settings = (more: Partial<IdentitySettings> = {}): IdentitySettings => ({
  issuer,
  audiences: [audience],
  discoveryUrl: `${provider.origin}/b2c_1_signin/v2.0/.well-known/openid-configuration`,
  rolesClaim: 'extension_Roles',
  requiredScope: 'boxoffice',
  policies: [],
  ...more,
});
const authenticator = (more: Partial<IdentitySettings> = {}) =>
  oidcAuthenticator(settings(more), { clock, telemetry, cooldownMilliseconds: 0 });

/** As in a token; undefined: not in it. */
type Claims = Record<string, unknown>;

const claims = (): Claims => ({
  iss: issuer,
  aud: audience,
  sub: 'subject',
  oid: 'object',
  scp: 'read boxoffice',
  name: 'Ada Example',
  emails: ['ada@example.org'],
  extension_Roles: 'Organizer',
  exp: Math.floor(now / 1000) + 3600,
});
const sign = (payload: Claims = claims(), by = key, header: object = {}) =>
  new SignJWT(payload)
    .setProtectedHeader({ alg: 'RS256', kid: by.public.kid ?? '', ...header })
    .sign(by.private);
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

async function verdict(token: string, authenticate = authenticator()): Promise<unknown> {
  try {
    return await authenticate(`Bearer ${token}`);
  } catch (error) {
    const { status, code, headers } = error as Problem;
    return `${status} ${code} ${headers['www-authenticate']?.split(',')[0] ?? ''}`.trim();
  }
}

const invalid = (code: string) => `401 ${code} Bearer error="invalid_token"`;

describe('a bearer token', () => {
  it('that holds speaks for its owner', async () => {
    expect(await verdict(await sign())).toEqual({
      userId: 'object',
      name: 'Ada Example',
      email: 'ada@example.org',
      roles: ['organizer'],
    });
  });

  it.each<[string, Claims, object]>([
    ['the subject where there is no object id', { oid: undefined }, { userId: 'subject' }],
    [
      'roles as a list, in any case',
      { extension_Roles: ['ADMIN', 'organizer', 'root'] },
      { roles: ['organizer', 'admin'] },
    ],
    ['roles as words', { extension_Roles: 'admin, organizer' }, { roles: ['organizer', 'admin'] }],
    ['no roles', { extension_Roles: undefined }, { roles: [] }],
    ['roles that are none', { extension_Roles: { admin: true } }, { roles: [] }],
    ['the email claim before the list', { email: 'first@example.org' }, { email: 'first@example.org' }],
    [
      'the user name where it is an address',
      { emails: undefined, preferred_username: 'u@example.org' },
      { email: 'u@example.org' },
    ],
    ['no address where there is none', { emails: [], preferred_username: 'ada' }, { email: '' }],
    [
      'given and family name',
      { name: undefined, given_name: 'Ada', family_name: 'Lovelace' },
      { name: 'Ada Lovelace' },
    ],
    ['one audience of several', { aud: ['other', audience] }, { userId: 'object' }],
    ['the scope in a list', { scp: undefined, scope: ['boxoffice'] }, { userId: 'object' }],
    ['an end just past, within the skew', { exp: Math.floor(Date.now() / 1000) - 30 }, { userId: 'object' }],
    [
      'a beginning just ahead, within the skew',
      { nbf: Math.floor(Date.now() / 1000) + 30 },
      { userId: 'object' },
    ],
  ])('is read for %s', async (_, more, principal) => {
    expect(await verdict(await sign({ ...claims(), ...more }))).toMatchObject(principal);
  });

  it.each<[string, () => string | Promise<string>, string]>([
    ['has expired', () => sign({ ...claims(), exp: Math.floor(now / 1000) - 61 }), invalid('token-expired')],
    ['never expires', () => sign({ ...claims(), exp: undefined }), invalid('token-claims')],
    [
      'is for later',
      () => sign({ ...claims(), nbf: Math.floor(now / 1000) + 120 }),
      invalid('token-not-yet-valid'),
    ],
    ['is for another', () => sign({ ...claims(), aud: 'api://other' }), invalid('token-audience')],
    ['is for nobody', () => sign({ ...claims(), aud: undefined }), invalid('token-audience')],
    [
      'comes from another',
      () => sign({ ...claims(), iss: 'https://evil.example/' }),
      invalid('token-issuer'),
    ],
    [
      'comes from an issuer without its slash',
      () => sign({ ...claims(), iss: issuer.slice(0, -1) }),
      invalid('token-issuer'),
    ],
    [
      'comes from an issuer in capitals',
      () => sign({ ...claims(), iss: issuer.toUpperCase() }),
      invalid('token-issuer'),
    ],
    ['names no one', () => sign({ ...claims(), oid: undefined, sub: undefined }), invalid('token-claims')],
    ['names someone with a line break', () => sign({ ...claims(), oid: 'a\nb' }), invalid('token-claims')],
    [
      'has not the scope',
      () => sign({ ...claims(), scp: 'boxoffice.read Boxoffice' }),
      '403 token-scope Bearer error="insufficient_scope"',
    ],
    [
      'is an identity token, without scopes',
      () => sign({ ...claims(), scp: undefined }),
      '403 token-scope Bearer error="insufficient_scope"',
    ],
    ['names an unknown key', () => sign(claims(), other), invalid('token-key')],
    [
      'is signed by another under a known name',
      () => sign(claims(), { ...other, public: key.public }),
      invalid('token-signature'),
    ],
    [
      'has other claims than were signed',
      async () => (await sign()).replace(/\.[^.]+\./, `.${encode({ ...claims(), oid: 'victim' })}.`),
      invalid('token-signature'),
    ],
    [
      'has lost its signature',
      async () => (await sign()).replace(/\.[^.]+$/, '.'),
      invalid('token-signature'),
    ],
    [
      'is signed by no one',
      () => `${encode({ alg: 'none', kid: 'k1' })}.${encode(claims())}.`,
      invalid('token-algorithm'),
    ],
    [
      'is signed with the public key as a secret',
      () => {
        const signed = `${encode({ alg: 'HS256', kid: 'k1' })}.${encode(claims())}`;
        return `${signed}.${createHmac('sha256', JSON.stringify(key.public)).update(signed).digest('base64url')}`;
      },
      invalid('token-algorithm'),
    ],
    [
      'is signed in a way not agreed on',
      async () => {
        const pair = await generateKeyPair('PS256', { extractable: true });
        return new SignJWT(claims()).setProtectedHeader({ alg: 'PS256', kid: 'k1' }).sign(pair.privateKey);
      },
      invalid('token-algorithm'),
    ],
    [
      'brings its own key',
      async () => sign(claims(), other, { kid: 'k1', jwk: other.public }),
      invalid('token-signature'),
    ],
    [
      'asks for more than is understood',
      () => `${encode({ alg: 'RS256', kid: 'k1', crit: ['x'], x: 1 })}.${encode(claims())}.AAAA`,
      invalid('token-malformed'),
    ],
    ['is no token', () => 'opaque-token', invalid('token-malformed')],
    ['is endless', () => 'a'.repeat(8193), invalid('token-malformed')],
  ])('that %s is refused', async (_, make, expected) => {
    expect(await verdict(await make())).toBe(expected);
  });

  it('tells nothing of what is in it', async () => {
    const token = await sign({ ...claims(), aud: 'api://secret-project' });
    await expect(authenticator()(`Bearer ${token}`)).rejects.toMatchObject({
      message: 'The token was issued for another audience.',
      facts: {},
    });
  });

  it('is not asked of whoever has none', () => {
    expect(authenticator()(undefined)).toBeUndefined();
    expect(authenticator()('')).toBeUndefined();
  });

  it.each(['Basic YTpi', 'Bearer', 'Bearer a b', 'bearer', 'Token x'])('is not found in "%s"', (header) => {
    expect(() => authenticator()(header)).toThrow(
      expect.objectContaining({ status: 401, code: 'token-malformed' }),
    );
  });
});

describe('a B2C policy', () => {
  it.each<[string, Claims, string | undefined]>([
    ['that is let in', { tfp: 'B2C_1A_SignIn' }, undefined],
    ['in the old claim', { acr: 'b2c_1a_signin' }, undefined],
    ['that is not let in', { tfp: 'B2C_1A_PasswordReset' }, invalid('token-policy')],
    [
      'that is not let in, beside one that is',
      { tfp: 'B2C_1A_PasswordReset', acr: 'b2c_1a_signin' },
      invalid('token-policy'),
    ],
    ['that is not named', {}, invalid('token-policy')],
  ])('%s', async (_, more, expected) => {
    const answer = await verdict(
      await sign({ ...claims(), ...more }),
      authenticator({ policies: ['b2c_1a_signin'] }),
    );
    if (expected === undefined) expect(answer).toMatchObject({ userId: 'object' });
    else expect(answer).toBe(expected);
  });
});

describe('the provider', () => {
  it('is asked once for many tokens, and never again for one that was verified', async () => {
    const authenticate = authenticator();
    const tokens = await Promise.all([1, 2, 3].map((n) => sign({ ...claims(), oid: `user-${n}` })));
    await Promise.all(tokens.map(async (token) => authenticate(`Bearer ${token}`)));
    expect([provider.discoveries, provider.fetches]).toEqual([1, 1]);
    expect(authenticate(`bearer  ${tokens[1] ?? ''}`)).toMatchObject({ userId: 'user-2' });
  });

  it('may rotate its keys', async () => {
    const authenticate = authenticator();
    await authenticate(`Bearer ${await sign()}`);
    provider.keys = [key.public, other.public];
    expect(await verdict(await sign(claims(), other), authenticate)).toMatchObject({ userId: 'object' });
    expect(provider.fetches).toBe(2);
  });

  it('is not asked again for every unknown key', async () => {
    const authenticate = oidcAuthenticator(settings(), { clock, telemetry });
    await authenticate(`Bearer ${await sign()}`);
    const token = await sign(claims(), other);
    for (let i = 0; i < 5; i++) expect(await verdict(token, authenticate)).toBe(invalid('token-key'));
    expect(provider.fetches).toBe(1);
  });

  it('may rest while its keys are at hand', async () => {
    const authenticate = authenticator();
    await authenticate(`Bearer ${await sign()}`);
    provider.answering = false;
    now += 3_000_000;
    expect(await verdict(await sign({ ...claims(), oid: 'later' }), authenticate)).toMatchObject({
      userId: 'later',
    });
  });

  it('that does not answer is no fault of the token', async () => {
    provider.answering = false;
    const authenticate = authenticator();
    expect(await verdict(await sign(), authenticate)).toBe('503 identity-provider-unavailable');
    provider.answering = true;
    expect(await verdict(await sign(), authenticate)).toBe('503 identity-provider-unavailable');
    expect(provider.discoveries).toBe(0);
    now += 1001;
    expect(await verdict(await sign(), authenticate)).toMatchObject({ userId: 'object' });
    expect(lines.join()).toContain('identity provider does not answer');
  });

  it('that calls itself otherwise than settings do is not believed', async () => {
    provider.issuer = 'https://demo.b2clogin.com/another/v2.0/';
    expect(await verdict(await sign())).toBe('503 identity-provider-unavailable');
    expect(lines.join()).toContain('discovery names the issuer');
  });
});

describe('a verified token', () => {
  it('is forgotten when it ends', async () => {
    const authenticate = authenticator();
    const token = await sign({ ...claims(), exp: Math.floor(now / 1000) + 10 });
    expect(await verdict(token, authenticate)).toMatchObject({ userId: 'object' });
    now += 69_000;
    expect(await verdict(token, authenticate)).toMatchObject({ userId: 'object' });
    now += 2_000;
    expect(await verdict(token, authenticate)).toBe(invalid('token-expired'));
  });

  it('is checked again after a quarter of an hour: its key may have been withdrawn', async () => {
    const authenticate = authenticator();
    const token = await sign();
    await verdict(token, authenticate);
    provider.keys = [other.public];
    now += 15 * 60_000 - 1;
    expect(authenticate(`Bearer ${token}`)).toMatchObject({ userId: 'object' });
    now += 1;
    // The keys are fetched anew beside this one, which still finds the old ones.
    await verdict(token, authenticate);
    for (let i = 0; i < 200; i++) {
      const answer = await verdict(await sign({ ...claims(), oid: `user-${i}` }), authenticate);
      if (answer === invalid('token-key')) break;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    now += 15 * 60_000;
    expect(await verdict(token, authenticate)).toBe(invalid('token-key'));
  });

  it('makes room for others', async () => {
    const authenticate = oidcAuthenticator(settings(), { clock, telemetry, keepTokens: 2 });
    const [a, b, c] = await Promise.all(['a', 'b', 'c'].map((oid) => sign({ ...claims(), oid })));
    await authenticate(`Bearer ${a ?? ''}`);
    await authenticate(`Bearer ${b ?? ''}`);
    await authenticate(`Bearer ${a ?? ''}`);
    await authenticate(`Bearer ${c ?? ''}`);
    expect(authenticate(`Bearer ${a ?? ''}`)).not.toBeInstanceOf(Promise);
    expect(authenticate(`Bearer ${b ?? ''}`)).toBeInstanceOf(Promise);
  });
});

describe('identity settings', () => {
  const environment = { OIDC_ISSUER: issuer, OIDC_AUDIENCE: 'api://a, api://b' };

  it('need an issuer and an audience, and find the rest', () => {
    expect(readIdentitySettings(environment)).toEqual({
      issuer,
      audiences: ['api://a', 'api://b'],
      discoveryUrl: 'https://demo.b2clogin.com/tenant/v2.0/.well-known/openid-configuration',
      rolesClaim: 'roles',
      requiredScope: undefined,
      policies: [],
    });
    expect(() => readIdentitySettings({})).toThrow('OIDC_ISSUER is not set; OIDC_AUDIENCE is not set');
  });

  it('take what is set', () => {
    const all = {
      ...environment,
      OIDC_DISCOVERY_URL: 'https://x.example/d',
      OIDC_ROLES_CLAIM: 'extension_Roles',
      OIDC_REQUIRED_SCOPE: 'boxoffice',
      OIDC_POLICIES: 'B2C_1A_In,B2C_1_Up',
    };
    expect(readIdentitySettings(all)).toMatchObject({
      discoveryUrl: 'https://x.example/d',
      rolesClaim: 'extension_Roles',
      requiredScope: 'boxoffice',
      policies: ['b2c_1a_in', 'b2c_1_up'],
    });
  });

  it('take plain http from this machine alone', () => {
    expect(readIdentitySettings({ ...environment, OIDC_ISSUER: 'http://localhost:8080/oidc' }).issuer).toBe(
      'http://localhost:8080/oidc',
    );
    for (const unsafe of [
      'http://id.example/',
      'http://localhost.evil.example/',
      'id.example',
      'file:///keys',
    ]) {
      expect(() => readIdentitySettings({ ...environment, OIDC_ISSUER: unsafe })).toThrow(SettingsIncomplete);
    }
  });
});
