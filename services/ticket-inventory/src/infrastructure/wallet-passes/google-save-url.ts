import { createPrivateKey, type KeyObject } from 'node:crypto';
import { toMilliseconds, type Instant } from '@boxoffice/shared/kernel';
import { SecretsUnfit, type SecretTexts } from './pass-secrets';

/** A service account's key, the JSON file as Google hands it out. */
export const googleSecret = 'google-wallet-key';

/** The service account that signs for the issuer. */
export interface GoogleAccount {
  readonly email: string;
  readonly key: KeyObject;
}

/** Throws SecretsUnfit with all that is missing or unreadable. */
export function googleAccount(texts: SecretTexts): GoogleAccount {
  const text = texts[googleSecret];
  if (text === undefined) throw new SecretsUnfit([`the secret ${googleSecret} is missing`]);
  const { client_email: email, private_key: pem } = membersOf(text);
  const key = rsaKeyFrom(pem);
  if (typeof email === 'string' && email !== '' && key) return { email, key };
  const faults = [
    ...(typeof email === 'string' && email !== '' ? [] : [`${googleSecret} has no client_email`]),
    ...(key ? [] : [`${googleSecret} has no RSA key in private_key`]),
  ];
  throw new SecretsUnfit(faults);
}

function membersOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null) return parsed as Record<string, unknown>;
  } catch {
    // Told below, in words that quote nothing of it.
  }
  throw new SecretsUnfit([`${googleSecret} is not the JSON of a service account's key`]);
}

function rsaKeyFrom(pem: unknown): KeyObject | undefined {
  try {
    const key = createPrivateKey(String(pem));
    return key.asymmetricKeyType === 'rsa' ? key : undefined;
  } catch {
    return undefined;
  }
}

/** `https://pay.google.com/gp/v/save/<JWT>`, for whoever opens it. */
export async function googleSaveUrl(payload: object, account: GoogleAccount, at: Instant): Promise<string> {
  const { SignJWT } = await import('jose');
  // No origins: they are pages that would show Google's own button, and this is a link.
  const jwt = await new SignJWT({ typ: 'savetowallet', origins: [], payload })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT' })
    .setIssuer(account.email)
    .setAudience('google')
    .setIssuedAt(Math.floor(toMilliseconds(at) / 1000))
    .sign(account.key);
  return `https://pay.google.com/gp/v/save/${jwt}`;
}
