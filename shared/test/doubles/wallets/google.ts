import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';

/** The JSON file that Google hands out for a new key of a service account, and what Google itself keeps of it. */
export function googleServiceAccount(): {
  readonly json: string;
  readonly email: string;
  readonly publicKey: KeyObject;
} {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const email = 'tickets@boxoffice-wallets.iam.gserviceaccount.com';
  const json = JSON.stringify({
    type: 'service_account',
    project_id: 'boxoffice-wallets',
    private_key_id: '0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c',
    private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    client_email: email,
    client_id: '100000000000000000001',
    token_uri: 'https://oauth2.googleapis.com/token',
  });
  return { json, email, publicKey: createPublicKey(privateKey) };
}
