import { KeyObject, webcrypto } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import * as asn1 from 'asn1js';
import * as pki from 'pkijs';

/** One item, as the exporters of Azure Monitor send it. */
export interface Envelope {
  readonly name: string;
  readonly time: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly data: {
    readonly baseType: string;
    readonly baseData: {
      readonly name?: string;
      readonly metrics?: readonly { readonly name: string; readonly value: number }[];
      readonly properties?: Readonly<Record<string, string>>;
      readonly success?: boolean;
    };
  };
}

export interface Ingestion {
  /** With these an app sends its telemetry here. */
  readonly settings: Readonly<Record<string, string>>;
  readonly received: readonly Envelope[];
  /** All of it as it came, to look for what must not be in it. */
  readonly raw: () => string;
  close(): Promise<void>;
}

/** Where Application Insights takes telemetry in: over TLS, since exporters go nowhere else. `folder` keeps the certificate. */
export async function openIngestion(folder: string): Promise<Ingestion> {
  const { certificate, key } = await ownCertificate();
  const trusted = path.join(folder, 'ingestion.pem');
  writeFileSync(trusted, certificate);
  const received: Envelope[] = [];
  const texts: string[] = [];
  const server = createServer({ cert: certificate, key }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const text = (request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString();
      const items = JSON.parse(text) as Envelope[];
      texts.push(text);
      received.push(...items);
      const answer = { itemsReceived: items.length, itemsAccepted: items.length, errors: [] };
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `https://localhost:${(server.address() as AddressInfo).port}/`;
  return {
    settings: {
      APPLICATIONINSIGHTS_CONNECTION_STRING: `InstrumentationKey=00000000-0000-4000-8000-000000000000;IngestionEndpoint=${endpoint}`,
      // Statistics about the exporter's use go to addresses of Microsoft's own: not from tests.
      APPLICATION_INSIGHTS_NO_STATSBEAT: 'true',
      NODE_EXTRA_CA_CERTS: trusted,
    },
    received,
    raw: () => texts.join('\n'),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** For localhost, signed by itself. PEM both. */
async function ownCertificate(): Promise<{ readonly certificate: string; readonly key: string }> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const name = () => {
    const value = new asn1.Utf8String({ value: 'localhost' });
    return new pki.RelativeDistinguishedNames({
      typesAndValues: [new pki.AttributeTypeAndValue({ type: '2.5.4.3', value })],
    });
  };
  const certificate = new pki.Certificate({
    version: 2,
    serialNumber: new asn1.Integer({ value: 1 }),
    subject: name(),
    issuer: name(),
    notBefore: new pki.Time({ value: new Date(Date.now() - 86_400_000) }),
    notAfter: new pki.Time({ value: new Date(Date.now() + 86_400_000) }),
  });
  await certificate.subjectPublicKeyInfo.importKey(keys.publicKey);
  await certificate.sign(keys.privateKey, 'SHA-256');
  const der = Buffer.from(certificate.toSchema(true).toBER()).toString('base64');
  return {
    certificate: `-----BEGIN CERTIFICATE-----\n${der.replace(/(.{64})/g, '$1\n').trim()}\n-----END CERTIFICATE-----\n`,
    key: KeyObject.from(keys.privateKey).export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}
