import { createHmac } from 'node:crypto';
import { exportJWK, exportSPKI, generateKeyPair, SignJWT, type JWTPayload } from 'jose';
import { loopback } from '../../../../shared/test/doubles/loopback';

export interface Person {
  readonly name: string;
  readonly roles: readonly string[];
}

/** A token as a header has it, and what is said of it. */
export interface BadToken {
  readonly authorization: string;
  readonly code: string;
}

export interface Provider {
  readonly settings: Readonly<Record<string, string>>;
  /** Good for a month. */
  tokenFor(person: Person): Promise<string>;
  /** The person's token with one thing wrong with it, by what that is. */
  badTokensFor(person: Person): Promise<Readonly<Record<BadTokenName, BadToken>>>;
  close(): Promise<void>;
}

export const badTokenNames = [
  'an expired token',
  'a token of tomorrow',
  'a token for another audience',
  'a token of another issuer',
  'a token with more roles than were signed',
  'a token that a stranger signed',
  'a token under a key that nobody knows',
  'a token without a signature (alg none)',
  'a token that the public key signed (HS256)',
  'a token signed in another way (RS512)',
  'a token that never ends',
  'a token that names nobody',
  'a token that is none',
  'a password',
  'an overlong token',
] as const;
export type BadTokenName = (typeof badTokenNames)[number];

const audience = 'api://boxoffice';
const keyId = 'only';

export const userIdOf = ({ name }: Pick<Person, 'name'>): string => `user-${name.toLowerCase()}`;
export const emailOf = ({ name }: Pick<Person, 'name'>): string => `${name.toLowerCase()}@example.org`;

/** An OpenID Connect provider on loopback that signs by RS256; and what those would send whom it has not signed for. */
export async function openProvider(): Promise<Provider> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  const stranger = await generateKeyPair('RS256');
  const jwk = { ...(await exportJWK(publicKey)), kid: keyId, alg: 'RS256', use: 'sig' };
  const server = await loopback(({ path }) => ({
    status: 200,
    body: path === '/keys' ? { keys: [jwk] } : { issuer: server.origin, jwks_uri: `${server.origin}/keys` },
  }));
  const now = (): number => Math.floor(Date.now() / 1000);
  const claimsOf = (person: Person): JWTPayload => ({
    oid: userIdOf(person),
    name: person.name,
    email: emailOf(person),
    roles: [...person.roles],
    iss: server.origin,
    aud: audience,
    iat: now(),
    exp: now() + 30 * 86_400,
  });
  const signed = (
    claims: JWTPayload,
    header: { alg: string; kid: string } = { alg: 'RS256', kid: keyId },
    key: typeof privateKey = privateKey,
  ): Promise<string> => new SignJWT(claims).setProtectedHeader(header).sign(key);

  async function badTokensFor(person: Person): Promise<Readonly<Record<BadTokenName, BadToken>>> {
    const claims = claimsOf(person);
    const bad = (token: string, code: string): BadToken => ({ authorization: `Bearer ${token}`, code });
    const [header = '', , signature = ''] = (await signed(claims)).split('.');
    const hmacInput = `${part({ alg: 'HS256', kid: keyId })}.${part(claims)}`;
    const hmac = createHmac('sha256', await exportSPKI(publicKey))
      .update(hmacInput)
      .digest('base64url');
    const rs512 = await crypto.subtle.importKey(
      'pkcs8',
      await crypto.subtle.exportKey('pkcs8', privateKey),
      { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-512' },
      false,
      ['sign'],
    );
    return {
      'an expired token': bad(await signed({ ...claims, exp: now() - 3600 }), 'token-expired'),
      'a token of tomorrow': bad(await signed({ ...claims, nbf: now() + 86_400 }), 'token-not-yet-valid'),
      'a token for another audience': bad(await signed({ ...claims, aud: 'api://other' }), 'token-audience'),
      'a token of another issuer': bad(
        await signed({ ...claims, iss: 'https://example.org' }),
        'token-issuer',
      ),
      'a token with more roles than were signed': bad(
        `${header}.${part({ ...claims, roles: ['organizer', 'admin'], extra: 1 })}.${signature}`,
        'token-signature',
      ),
      'a token that a stranger signed': bad(
        await signed(claims, undefined, stranger.privateKey),
        'token-signature',
      ),
      'a token under a key that nobody knows': bad(
        await signed(claims, { alg: 'RS256', kid: 'other' }, stranger.privateKey),
        'token-key',
      ),
      'a token without a signature (alg none)': bad(
        `${part({ alg: 'none', kid: keyId })}.${part(claims)}.`,
        'token-algorithm',
      ),
      'a token that the public key signed (HS256)': bad(`${hmacInput}.${hmac}`, 'token-algorithm'),
      'a token signed in another way (RS512)': bad(
        await signed(claims, { alg: 'RS512', kid: keyId }, rs512),
        'token-algorithm',
      ),
      'a token that never ends': bad(await signed(without('exp', claims)), 'token-claims'),
      'a token that names nobody': bad(await signed(without('oid', claims)), 'token-claims'),
      'a token that is none': bad('let-me-in', 'token-malformed'),
      'a password': { authorization: `Basic ${btoa('ben:secret')}`, code: 'token-malformed' },
      'an overlong token': bad(`${header}.${'a'.repeat(9000)}.${signature}`, 'token-malformed'),
    };
  }

  return {
    settings: { OIDC_ISSUER: server.origin, OIDC_AUDIENCE: audience },
    tokenFor: (person) => signed(claimsOf(person)),
    badTokensFor,
    close: () => server.close(),
  };
}

const without = (claim: string, claims: JWTPayload): JWTPayload =>
  Object.fromEntries(Object.entries(claims).filter(([name]) => name !== claim));

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
