import { beforeAll, describe, expect, it } from '@jest/globals';
import { generateKeyPairSync } from 'node:crypto';
import { instant, type Instant } from '@boxoffice/shared/kernel';
import { AppleDouble } from '../../../../../shared/test/doubles/wallets';
import { appleSecrets, appleSigner } from './apple-signer';
import { SecretsUnfit, type SecretTexts } from './pass-secrets';

const issuer = { passTypeId: 'pass.org.example.tickets', teamId: 'A1B2C3D4E5', seller: 'Konzerthaus' };
const january = instant('2027-01-05T12:00:00Z');
let apple: AppleDouble;
let fitting: SecretTexts;
let strange: SecretTexts;

const textsOf = async (from: AppleDouble): Promise<SecretTexts> => {
  const { certificate, key, intermediate } = await from.issue({
    ...issuer,
    notBefore: new Date('2026-06-01'),
    notAfter: new Date('2027-07-01'),
  });
  return {
    [appleSecrets.certificate]: certificate,
    [appleSecrets.key]: key,
    [appleSecrets.intermediate]: intermediate,
  };
};

beforeAll(async () => {
  apple = await AppleDouble.open();
  fitting = await textsOf(apple);
  strange = await textsOf(await AppleDouble.open());
});

function faultsOf(texts: SecretTexts, now: Instant = january, by = issuer): readonly string[] {
  try {
    appleSigner(texts, by, now);
    return [];
  } catch (error) {
    if (error instanceof SecretsUnfit) return error.faults;
    throw error;
  }
}

describe('what signs for Apple Wallet', () => {
  it('is taken where all of it fits', () => {
    expect(faultsOf(fitting)).toEqual([]);
  });

  it('names every secret that is missing', () => {
    expect(faultsOf({ [appleSecrets.certificate]: fitting[appleSecrets.certificate] })).toEqual([
      'the secret apple-pass-key is missing',
      'the secret apple-wwdr-certificate is missing',
    ]);
  });

  it('names every secret that can not be read, and quotes none', () => {
    const nonsense = Object.fromEntries(Object.values(appleSecrets).map((name) => [name, 'open sesame']));
    expect(faultsOf(nonsense)).toEqual([
      'apple-pass-certificate is not a certificate as PEM',
      'apple-pass-key is not a private key without a passphrase as PEM',
      'apple-wwdr-certificate is not a certificate as PEM',
    ]);
  });

  it('must be one pair of certificate and key', () => {
    expect(faultsOf({ ...fitting, [appleSecrets.key]: strange[appleSecrets.key] })).toEqual([
      'apple-pass-key is not the key of apple-pass-certificate',
    ]);
  });

  it('must be an RSA key: Apple certifies no other', () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    expect(faultsOf({ ...fitting, [appleSecrets.key]: pem })).toContain('apple-pass-key is not an RSA key');
  });

  it('must be certified by the intermediate that goes along, also where that has the same name', () => {
    const other = { [appleSecrets.intermediate]: strange[appleSecrets.intermediate] };
    expect(faultsOf({ ...fitting, ...other })).toEqual([
      'apple-pass-certificate was not issued by apple-wwdr-certificate',
    ]);
  });

  it('must be for the pass type and of the team that the settings name', () => {
    expect(
      faultsOf(fitting, january, { ...issuer, passTypeId: 'pass.org.other', teamId: 'ZZZZZZZZZZ' }),
    ).toEqual([
      'apple-pass-certificate is not for APPLE_PASS_TYPE_ID pass.org.other',
      'apple-pass-certificate is not of APPLE_TEAM_ID ZZZZZZZZZZ',
    ]);
  });

  it('must be valid today', async () => {
    expect(faultsOf(fitting, instant('2027-07-01T00:00:01Z'))).toEqual([
      'apple-pass-certificate has expired on 2027-07-01T00:00:00.000Z',
    ]);
    expect(faultsOf(fitting, instant('2026-05-31T23:59:59Z'))).toEqual([
      'apple-pass-certificate is not valid before 2026-06-01T00:00:00.000Z',
    ]);
    const old = await apple.intermediate({ notAfter: new Date('2026-12-31') });
    expect(faultsOf({ ...fitting, [appleSecrets.intermediate]: old })).toEqual([
      'apple-wwdr-certificate has expired on 2026-12-31T00:00:00.000Z',
    ]);
  });
});
