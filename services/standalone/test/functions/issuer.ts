import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { loopback } from '../../../../shared/test/doubles/loopback';

export interface Issuer {
  /** As the apps' settings name it. */
  readonly settings: Readonly<Record<string, string>>;
  tokenFor(person: {
    readonly name: string;
    readonly email: string;
    readonly roles?: readonly string[];
  }): Promise<string>;
  close(): Promise<void>;
}

const audience = 'api://boxoffice';

/** An OpenID Connect provider on loopback, which signs whatever it is asked to. */
export async function openIssuer(): Promise<Issuer> {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'only', alg: 'RS256', use: 'sig' };
  const server = await loopback(({ path }) => ({
    status: 200,
    body: path === '/keys' ? { keys: [jwk] } : { issuer: server.origin, jwks_uri: `${server.origin}/keys` },
  }));
  return {
    settings: { OIDC_ISSUER: server.origin, OIDC_AUDIENCE: audience },
    tokenFor: ({ name, email, roles = [] }) =>
      new SignJWT({ oid: email.replace('@', '-at-'), name, email, roles })
        .setProtectedHeader({ alg: 'RS256', kid: 'only' })
        .setIssuer(server.origin)
        .setAudience(audience)
        .setIssuedAt()
        .setExpirationTime('1h')
        .sign(privateKey),
    close: () => server.close(),
  };
}
