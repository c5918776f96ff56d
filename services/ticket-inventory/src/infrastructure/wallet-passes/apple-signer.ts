import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { toMilliseconds, type Instant } from '@boxoffice/shared/kernel';
import type { AppleIssuer } from './apple-pass';
import { SecretsUnfit, type SecretTexts } from './pass-secrets';

/** PEM each. */
export const appleSecrets = {
  certificate: 'apple-pass-certificate',
  key: 'apple-pass-key',
  /** Apple's Worldwide Developer Relations intermediate that issued the pass certificate. */
  intermediate: 'apple-wwdr-certificate',
} as const;

/** What signs passes for Apple Wallet. */
export interface AppleSigner {
  readonly certificate: X509Certificate;
  readonly intermediate: X509Certificate;
  readonly key: KeyObject;
}

/** Throws SecretsUnfit with all that is missing, unreadable, mismatched or out of date: a phone would only say that the pass can't be read. */
export function appleSigner(texts: SecretTexts, issuer: AppleIssuer, now: Instant): AppleSigner {
  const faults: string[] = [];
  const read = <T>(name: string, what: string, parse: (pem: string) => T): T | undefined => {
    const text = texts[name];
    if (text === undefined) faults.push(`the secret ${name} is missing`);
    else
      try {
        return parse(text);
      } catch {
        faults.push(`${name} is not ${what} as PEM`); // what the parser says may quote the secret
      }
    return undefined;
  };
  const certificate = read(appleSecrets.certificate, 'a certificate', (pem) => new X509Certificate(pem));
  const key = read(appleSecrets.key, 'a private key without a passphrase', createPrivateKey);
  const intermediate = read(appleSecrets.intermediate, 'a certificate', (pem) => new X509Certificate(pem));
  if (!certificate || !key || !intermediate) throw new SecretsUnfit(faults);
  faults.push(...mismatches({ certificate, key, intermediate }, issuer));
  for (const [name, { validFromDate, validToDate }] of [
    [appleSecrets.certificate, certificate],
    [appleSecrets.intermediate, intermediate],
  ] as const) {
    if (toMilliseconds(now) > validToDate.getTime())
      faults.push(`${name} has expired on ${validToDate.toISOString()}`);
    if (toMilliseconds(now) < validFromDate.getTime())
      faults.push(`${name} is not valid before ${validFromDate.toISOString()}`);
  }
  if (faults.length > 0) throw new SecretsUnfit(faults);
  return { certificate, intermediate, key };
}

/** Apple writes the pass type into the certificate's user id, and the team into its organisational unit. */
function mismatches(signer: AppleSigner, { passTypeId, teamId }: AppleIssuer): string[] {
  const { certificate, intermediate, key } = signer;
  const subject = certificate.subject.split('\n');
  const checks: readonly (readonly [boolean, string])[] = [
    [key.asymmetricKeyType === 'rsa', `${appleSecrets.key} is not an RSA key`],
    [certificate.checkPrivateKey(key), `${appleSecrets.key} is not the key of ${appleSecrets.certificate}`],
    [
      certificate.checkIssued(intermediate) && certificate.verify(intermediate.publicKey),
      `${appleSecrets.certificate} was not issued by ${appleSecrets.intermediate}`,
    ],
    [
      subject.includes(`UID=${passTypeId}`),
      `${appleSecrets.certificate} is not for APPLE_PASS_TYPE_ID ${passTypeId}`,
    ],
    [subject.includes(`OU=${teamId}`), `${appleSecrets.certificate} is not of APPLE_TEAM_ID ${teamId}`],
  ];
  return checks.flatMap(([holds, fault]) => (holds ? [] : [fault]));
}
