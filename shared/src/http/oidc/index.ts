export { oidcAuthenticator, type AuthenticatorNeeds } from './authenticator';
export { readIdentitySettings, type IdentitySettings } from './settings';
