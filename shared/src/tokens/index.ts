export * from './access-code';
export * from './hold-token';
export { publicKeyFrom, signingKeyFrom, type FindKey, type KeyPurpose, type SigningKey } from './keys';
export * from './ticket-code';
