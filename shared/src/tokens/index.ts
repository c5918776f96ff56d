export * from './access-code';
export type { HoldClaims } from './hold-claims';
export * from './hold-token';
export * from './invitation';
export { publicKeyFrom, signingKeyFrom, type FindKey, type KeyPurpose, type SigningKey } from './keys';
export * from './ticket-code';
export { VerifiedRoots } from './verified-roots';
