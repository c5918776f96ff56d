import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { fromMilliseconds, type Clock } from '../src/kernel';
import { MailRefused } from '../src/platform';
import { blobFiles } from '../src/platform/azure/files';
import { machineClock } from '../src/platform/machine';
import { communicationMail } from '../src/platform/azure/mail';
import { readAzureSettings } from '../src/platform/azure/settings';
import { keyVaultSecrets } from '../src/platform/azure/secrets';
import { filesContract, mailContract, secretsContract } from './contract';
import { BlobDouble } from './doubles/blob';
import { EmailDouble } from './doubles/email';
import { KeyVaultDouble } from './doubles/key-vault';

const localCredential = {
  getToken: () => Promise.resolve({ token: 'double', expiresOnTimestamp: Date.now() + 3_600_000 }),
};

/** Twenty seconds of this clock pass in one: whoever waits for the vault's second to be over need not wait so long. */
const began = Date.now();
const hurried: Clock = {
  now: () => fromMilliseconds(began + (Date.now() - began) * 20),
  sleep: (milliseconds) => machineClock.sleep(milliseconds / 20),
};

describe('Blob Storage (loopback)', () => {
  let double: BlobDouble;
  beforeAll(async () => (double = await BlobDouble.start()));
  afterAll(() => double.close());

  filesContract('Blob Storage (loopback)', () =>
    Promise.resolve({ files: blobFiles(double, 'event-management-media'), close: () => Promise.resolve() }),
  );
});

describe('Key Vault (loopback)', () => {
  let double: KeyVaultDouble;
  beforeAll(async () => (double = await KeyVaultDouble.start(hurried)));
  afterAll(() => double.close());
  const vault = () => keyVaultSecrets({ url: double.url, localCredential }, hurried);

  secretsContract('Key Vault (loopback)', () =>
    Promise.resolve({
      secrets: vault(),
      another: () => Promise.resolve(vault()),
      close: () => Promise.resolve(),
    }),
  );

  it('lets an operator rotate what was made', async () => {
    await vault().getOrCreate('rotated', () => 'made');
    double.put('rotated', 'chosen by the operator');
    expect(await vault().get('rotated')).toBe('chosen by the operator');
    expect(await vault().getOrCreate('rotated', () => 'never')).toBe('chosen by the operator');
  });

  it('keeps to the first where a slow process makes another much later', async () => {
    await vault().getOrCreate('raced', () => 'first');
    double.put('raced', 'late', { madeByBoxoffice: 'true' });
    expect(await vault().get('raced')).toBe('first');
  });
});

describe('Communication Services (loopback)', () => {
  let double: EmailDouble;
  beforeEach(async () => (double = await EmailDouble.start()));
  afterEach(() => double.close());
  const mail = (of = double) =>
    communicationMail({ connectionString: of.connectionString, sender: 'tickets@example.com' }, machineClock);
  const message = {
    id: '01jv0hc2k4b6d8f0g1h3j5m7n9',
    to: { name: 'Zoë', address: 'zoe@example.com' },
    subject: 'Your tickets',
    text: 'Two.',
    html: '<p>Two.</p>',
    attachments: [],
  };

  mailContract('Communication Services (loopback)', async () => {
    const own = await EmailDouble.start();
    return {
      mail: mail(own),
      refusedAddress: 'nobody at all',
      close: own.close,
      sent: () =>
        Promise.resolve(
          own.sent.map(({ id, email }) => ({
            id,
            to: { name: email.recipients.to[0]!.displayName, address: email.recipients.to[0]!.address },
            subject: email.content.subject,
            text: email.content.plainText,
            html: email.content.html,
            attachments: email.attachments.map(({ name, contentType, contentInBase64 }) => ({
              name,
              contentType,
              bytes: new Uint8Array(Buffer.from(contentInBase64, 'base64')),
            })),
          })),
        ),
    };
  });

  it('sends from the address of the settings', async () => {
    await mail().send(message);
    expect(double.sent[0]?.email.senderAddress).toBe('tickets@example.com');
  });

  it('is done once the message was taken over, whatever becomes of the question how it fares', async () => {
    double.forgetful = true;
    await mail().send(message);
    expect(double.sent).toHaveLength(1);
  });

  it('takes an operation that is there already for sent', async () => {
    double.fail(409);
    const { providerId } = await mail().send(message);
    expect(providerId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it.each([401, 403])(
    'keeps what was turned away with %i for another try: it is the app that is wrong, not the message',
    async (status) => {
      double.fail(status);
      await expect(mail().send(message)).rejects.not.toBeInstanceOf(MailRefused);
      await mail().send(message);
      expect(double.sent).toHaveLength(1);
    },
  );

  it('says nothing of the address when it is refused', async () => {
    const to = { name: 'Zoë', address: 'zoe at example' };
    const refused = (await mail()
      .send({ ...message, to })
      .catch((error: unknown) => error)) as Error;
    expect(refused).toBeInstanceOf(MailRefused);
    expect(refused.message).not.toContain('zoe');
  });

  it('tries again by itself when the service is short of breath', async () => {
    double.fail(429, 503);
    await mail().send(message);
    expect(double.sent).toHaveLength(1);
  });
});

describe('the ports as they are named by the environment', () => {
  const {
    BLOB_CONNECTION_STRING: blobConnection,
    BLOB_ENDPOINT: blobEndpoint,
    KEY_VAULT_URL: vaultUrl,
    COMMUNICATION_CONNECTION_STRING: mailConnection,
    COMMUNICATION_ENDPOINT: mailEndpoint,
    MAIL_SENDER: sender,
  } = process.env;
  const close = () => Promise.resolve();
  jest.setTimeout(120_000);

  if (blobConnection ?? blobEndpoint) {
    const settings = readAzureSettings(process.env, ['files']).files!;
    filesContract('Blob Storage', () =>
      Promise.resolve({ files: blobFiles(settings, 'contract-tests'), close }),
    );
  } else {
    it.skip('skipped: no Blob Storage named by BLOB_CONNECTION_STRING or BLOB_ENDPOINT', () => undefined);
  }
  if (vaultUrl) {
    const settings = readAzureSettings(process.env, ['secrets']).secrets!;
    const secrets = () => keyVaultSecrets(settings, machineClock);
    secretsContract('Key Vault', () =>
      Promise.resolve({ secrets: secrets(), another: () => Promise.resolve(secrets()), close }),
    );
  } else {
    it.skip('skipped: no Key Vault named by KEY_VAULT_URL', () => undefined);
  }
  if ((mailConnection ?? mailEndpoint) && sender) {
    const settings = readAzureSettings(process.env, ['mail']).mail!;
    mailContract('Communication Services', () =>
      Promise.resolve({
        mail: communicationMail(settings, machineClock),
        sent: undefined,
        refusedAddress: 'nobody at all',
        close,
      }),
    );
  } else {
    it.skip('skipped: no Communication Services named by COMMUNICATION_ENDPOINT (or _CONNECTION_STRING) and MAIL_SENDER', () =>
      undefined);
  }
});
