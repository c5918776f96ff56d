import type { JWTPayload } from 'jose';
import type { Principal, Role } from '../principal';
import { Problem } from '../problem';
import type { IdentitySettings } from './settings';

/** 401 as RFC 6750 has it: the code tells what is wrong with the token, never what is in it. */
export const invalidToken = (code: string, detail: string): Problem =>
  new Problem(
    401,
    code,
    detail,
    {},
    { 'www-authenticate': `Bearer error="invalid_token", error_description="${detail}"` },
  );

/** The claims of a verified token → whom it speaks for. Throws a Problem: 401, or 403 where the scope is missing. */
export function principalOf(claims: JWTPayload, settings: IdentitySettings): Principal {
  const { requiredScope, policies } = settings;
  if (policies.length > 0 && !policies.includes((text(claims['tfp']) || text(claims['acr'])).toLowerCase())) {
    throw invalidToken('token-policy', 'The token was issued under a policy that is not let in.');
  }
  if (requiredScope !== undefined && !scopesOf(claims).includes(requiredScope)) {
    const challenge = `Bearer error="insufficient_scope", scope="${requiredScope}"`;
    throw new Problem(
      403,
      'token-scope',
      'The token has not the scope that this API asks for.',
      { scope: requiredScope },
      { 'www-authenticate': challenge },
    );
  }
  const userId = text(claims['oid']) || text(claims.sub);
  if (!isUserId.test(userId)) throw invalidToken('token-claims', 'The token names nobody.');
  return Object.freeze({
    userId,
    name: nameOf(claims),
    email: emailOf(claims),
    ...(claims['email_verified'] === false ? { emailIsUnverified: true as const } : {}),
    roles: rolesOf(claims[settings.rolesClaim]),
  });
}

const isUserId = /^[\x21-\x7E]{1,128}$/;

const text = (claim: unknown): string => (typeof claim === 'string' ? claim.trim() : '');
const words = (claim: unknown): string[] =>
  (Array.isArray(claim) ? claim : [claim])
    .flatMap((item) => text(item).split(/[\s,;]+/))
    .filter((word) => word !== '');

/** `scp` is Microsoft's, `scope` is RFC 9068's. */
const scopesOf = (claims: JWTPayload): string[] =>
  [claims['scp'], claims['scope']].flatMap((claim) =>
    Array.isArray(claim) ? claim.map(text) : text(claim).split(' '),
  );

const nameOf = (claims: JWTPayload): string =>
  text(claims['name']) || [claims['given_name'], claims['family_name']].map(text).join(' ').trim();

function emailOf(claims: JWTPayload): string {
  const first: unknown = Array.isArray(claims['emails']) ? claims['emails'][0] : undefined;
  const preferred = text(claims['preferred_username']);
  return text(claims['email']) || text(first) || (preferred.includes('@') ? preferred : '');
}

const roles: readonly Role[] = ['organizer', 'admin'];

function rolesOf(claim: unknown): readonly Role[] {
  const named = words(claim).map((word) => word.toLowerCase());
  return Object.freeze(roles.filter((role) => named.includes(role)));
}
