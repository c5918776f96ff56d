import type { EmailClient, EmailMessage } from '@azure/communication-email' with {
  'resolution-mode': 'import',
};
import { createHash } from 'node:crypto';
import { toMilliseconds, type Clock } from '../../kernel';
import { MailRefused, type Mail, type MailMessage } from '../ports';
import { credential } from './credential';
import { lazily, statusOf } from './lazily';

export interface CommunicationSettings {
  /** `https://<name>.communication.azure.com` */
  readonly endpoint?: string;
  /** Instead of the endpoint, where there is no identity. */
  readonly connectionString?: string;
  readonly clientId?: string;
  /** An address of a domain that is linked to the resource: `tickets@example.com`. */
  readonly sender: string;
}

/** What the answer says of ourselves or of the moment, not of the message. */
const worthRepeating: readonly (number | undefined)[] = [401, 403, 404, 408, 429];

/** Communication Services e-mail. Resolves when it has taken the message over; delivery is told by its own events. */
export function communicationMail(settings: CommunicationSettings, clock: Clock): Mail {
  const opened = lazily(() => open(settings));
  return {
    async send(message) {
      const client = await opened();
      const operationId = operationOf(message.id);
      const answer = { accepted: false };
      try {
        await client.beginSend(toEmail(message, settings.sender), {
          operationId,
          onResponse: ({ status }) => {
            if (status === 202) answer.accepted = true;
          },
          requestOptions: {
            // OASIS Repeatable Requests: for five minutes a repetition is answered as the first was.
            customHeaders: {
              'repeatability-request-id': operationId,
              'repeatability-first-sent': new Date(toMilliseconds(clock.now())).toUTCString(),
            },
          },
        });
      } catch (error) {
        if (answer.accepted) return { providerId: operationId }; // the SDK then asks how it goes, which is of no matter here
        const status = statusOf(error);
        if (status === 409) return { providerId: operationId }; // an operation of that id is there: it was sent before
        if (status === undefined || status >= 500 || worthRepeating.includes(status)) throw error;
        // The service's own words may quote the address.
        throw new MailRefused(`Communication Services refused message ${message.id} with status ${status}`, {
          cause: error,
        });
      }
      return { providerId: operationId };
    },
  };
}

async function open({ endpoint, connectionString, clientId }: CommunicationSettings): Promise<EmailClient> {
  const { EmailClient: Client } = await import('@azure/communication-email');
  if (connectionString !== undefined)
    return new Client(connectionString, { allowInsecureConnection: onThisMachine(connectionString) });
  if (endpoint === undefined)
    throw new Error('Communication Services: neither an endpoint nor a connection string is set');
  return new Client(endpoint, await credential(clientId));
}

/** Plain HTTP is for this machine alone. */
const onThisMachine = (connectionString: string): boolean =>
  /endpoint=http:\/\/(localhost|127\.0\.0\.1)[:/]/i.test(connectionString);

/** Operations are named by UUIDs; the same message is the same operation. UUID version 8: RFC 9562, 5.8. */
function operationOf(messageId: string): string {
  const hash = createHash('sha256').update(`boxoffice mail ${messageId}`).digest();
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x80;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  return hash.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

const toEmail = (
  { to, subject, text, html, attachments }: MailMessage,
  senderAddress: string,
): EmailMessage => ({
  senderAddress,
  recipients: { to: [{ address: to.address, displayName: to.name }] },
  content: { subject, plainText: text, html },
  attachments: attachments.map(({ name, contentType, bytes }) => ({
    name,
    contentType,
    contentInBase64: Buffer.from(bytes).toString('base64'),
  })),
  disableUserEngagementTracking: true,
});
