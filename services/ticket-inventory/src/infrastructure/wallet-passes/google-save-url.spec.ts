import { describe, expect, it } from '@jest/globals';
import { generateKeyPairSync } from 'node:crypto';
import { instant } from '@boxoffice/shared/kernel';
import { jwtVerify } from 'jose';
import { googleServiceAccount } from '../../../../../shared/test/doubles/wallets';
import { inHand } from '../../../test/ticket-in-hand';
import { googlePass } from './google-pass';
import { googleAccount, googleSaveUrl, googleSecret } from './google-save-url';
import { passFactsOf } from './pass-facts';

const account = googleServiceAccount();
const january = instant('2027-01-05T12:00:00.900Z');
const payload = googlePass(passFactsOf(inHand({ seat: 'Parterre left/C/14' }), 'Ada Lovelace'), {
  issuerId: '3388000000022195611',
  seller: 'Konzerthaus',
});
const linkOf = (json: string) => googleSaveUrl(payload, googleAccount({ [googleSecret]: json }), january);
const faultsOf = (json: string | undefined) => () => googleAccount({ [googleSecret]: json });

describe('a link that saves a ticket to Google Wallet', () => {
  it('carries a JWT that Google can verify, with all that it asks for', async () => {
    const url = await linkOf(account.json);
    expect(url).toMatch(/^https:\/\/pay\.google\.com\/gp\/v\/save\/[\w-]+\.[\w-]+\.[\w-]+$/);
    const jwt = url.slice(url.lastIndexOf('/') + 1);
    const verified = await jwtVerify(jwt, account.publicKey, {
      algorithms: ['RS256'],
      issuer: account.email,
      audience: 'google',
    });
    expect(verified.payload).toEqual({
      iss: account.email,
      aud: 'google',
      typ: 'savetowallet',
      iat: Date.parse('2027-01-05T12:00:00Z') / 1000,
      origins: [],
      payload,
    });
  });

  it('is refused by who has another key', async () => {
    const url = await linkOf(account.json);
    const jwt = url.slice(url.lastIndexOf('/') + 1);
    await expect(jwtVerify(jwt, googleServiceAccount().publicKey)).rejects.toThrow('signature');
  });

  it('stays far below what browsers take as an address', async () => {
    expect((await linkOf(account.json)).length).toBeLessThan(2500);
  });
});

describe('the account that signs for Google Wallet', () => {
  it('names what is missing or can not be read, and quotes nothing of it', () => {
    expect(faultsOf(undefined)).toThrow('the secret google-wallet-key is missing');
    for (const nonsense of ['open sesame', '7', 'null'])
      expect(faultsOf(nonsense)).toThrow(/^google-wallet-key is not the JSON of a service account's key$/);
    expect(faultsOf('{}')).toThrow(
      /^google-wallet-key has no client_email; google-wallet-key has no RSA key in private_key$/,
    );
  });

  it('has an RSA key: RS256 takes no other', () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
    const json = JSON.stringify({ client_email: account.email, private_key: pem });
    expect(faultsOf(json)).toThrow(/^google-wallet-key has no RSA key in private_key$/);
  });
});
