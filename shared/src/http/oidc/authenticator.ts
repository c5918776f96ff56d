import { errors, jwtVerify } from 'jose';
import { toMilliseconds } from '../../kernel';
import type { Principal } from '../principal';
import { Problem } from '../problem';
import type { Authenticate } from '../wire';
import { invalidToken, principalOf } from './claims';
import { Provider, type ProviderNeeds } from './provider';
import type { IdentitySettings } from './settings';
import { VerifiedTokens } from './verified-tokens';

export interface AuthenticatorNeeds extends ProviderNeeds {
  /** Verified tokens kept; 10,000 where not given. */
  readonly keepTokens?: number;
}

/** Clocks of providers and ours may differ by so much. */
const skewSeconds = 60;
/** A key that the provider has withdrawn is believed no longer than this. */
const longestKept = 15 * 60_000;
const longestToken = 8192;

/** Bearer tokens of any OpenID Connect provider: RS256, issuer, audience, time, scope and policy are checked, in that order. */
export function oidcAuthenticator(settings: IdentitySettings, needs: AuthenticatorNeeds): Authenticate {
  const provider = new Provider(settings, needs);
  const verified = new VerifiedTokens(needs.keepTokens ?? 10_000);

  async function verify(token: string, now: number): Promise<Principal> {
    const { payload } = await jwtVerify(token, provider.keyOf, {
      // Pinned: were the token to choose, it could choose none, or HMAC with the public key for its secret.
      algorithms: ['RS256'],
      issuer: settings.issuer,
      audience: [...settings.audiences],
      clockTolerance: skewSeconds,
      requiredClaims: ['exp'],
      currentDate: new Date(now),
    }).catch((error: unknown) => {
      throw explained(error);
    });
    const principal = principalOf(payload, settings);
    const ends = ((payload.exp ?? 0) + skewSeconds) * 1000;
    verified.keep(token, principal, Math.min(ends, now + longestKept));
    return principal;
  }

  return (authorization) => {
    if (authorization === undefined || authorization === '') return undefined;
    const token = /^bearer +([\w.~+/=-]+)$/i.exec(authorization)?.[1];
    if (token === undefined || token.length > longestToken)
      throw invalidToken('token-malformed', 'Authorization takes one bearer token.');
    const now = toMilliseconds(needs.clock.now());
    return verified.get(token, now) ?? verify(token, now);
  };
}

const byClaim: Readonly<Record<string, readonly [code: string, detail: string]>> = {
  aud: ['token-audience', 'The token was issued for another audience.'],
  iss: ['token-issuer', 'The token was issued by another issuer.'],
  nbf: ['token-not-yet-valid', 'The token is not valid yet.'],
};

function explained(error: unknown): unknown {
  if (error instanceof Problem) return error;
  if (error instanceof errors.JWTExpired) return invalidToken('token-expired', 'The token has expired.');
  if (error instanceof errors.JWTClaimValidationFailed) {
    return invalidToken(
      ...(byClaim[error.claim] ??
        (['token-claims', 'A claim that the token needs is missing or malformed.'] as const)),
    );
  }
  if (error instanceof errors.JOSEAlgNotAllowed)
    return invalidToken('token-algorithm', 'The token is signed in a way that is not accepted.');
  if (error instanceof errors.JWSSignatureVerificationFailed)
    return invalidToken('token-signature', 'The signature of the token does not hold.');
  if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) {
    return invalidToken('token-key', 'The token names no signing key of the issuer.');
  }
  // What else jose throws is about how the token is written.
  return error instanceof errors.JOSEError
    ? invalidToken('token-malformed', 'The token cannot be read.')
    : error;
}
