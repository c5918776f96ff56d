import { KeyObject, webcrypto } from 'node:crypto';
import * as asn1 from 'asn1js';
import * as pki from 'pkijs';

type Keys = webcrypto.CryptoKeyPair;

/** Who a pass certificate is for, as Apple writes it. */
export interface PassCertificateTerms {
  readonly passTypeId: string;
  readonly teamId: string;
  readonly notBefore?: Date;
  readonly notAfter?: Date;
}

/** PEM each: what an operator would put among the secrets. */
export interface PassCertificate {
  readonly certificate: string;
  readonly key: string;
  readonly intermediate: string;
}

const ellipticCurve = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const rsa = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
} as const;
const newKeys = (algorithm: typeof ellipticCurve | typeof rsa): Promise<Keys> =>
  webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);

/** Apple's certification: a root, the intermediate of Worldwide Developer Relations, and pass certificates below that. */
export class AppleDouble {
  private serial = 1;

  static async open(): Promise<AppleDouble> {
    const [rootKeys, intermediateKeys, passKeys] = await Promise.all([
      newKeys(ellipticCurve),
      newKeys(ellipticCurve),
      newKeys(rsa),
    ]);
    return new AppleDouble(rootKeys, intermediateKeys, passKeys);
  }

  private constructor(
    private readonly rootKeys: Keys,
    private readonly intermediateKeys: Keys,
    private readonly passKeys: Keys,
  ) {}

  async issue(terms: PassCertificateTerms): Promise<PassCertificate> {
    const certificate = await this.certify(passSubject(terms), this.passKeys, {
      ...terms,
      issuer: intermediateName,
      issuerKeys: this.intermediateKeys,
    });
    return {
      certificate: pemOf(certificate),
      key: privatePem(this.passKeys),
      intermediate: await this.intermediate(),
    };
  }

  async root(): Promise<string> {
    const keys = this.rootKeys;
    return pemOf(await this.certify(rootName, keys, { issuer: rootName, issuerKeys: keys, authority: true }));
  }

  async intermediate(dates: Pick<PassCertificateTerms, 'notBefore' | 'notAfter'> = {}): Promise<string> {
    const issued = { issuer: rootName, issuerKeys: this.rootKeys, authority: true, ...dates };
    return pemOf(await this.certify(intermediateName, this.intermediateKeys, issued));
  }

  /**
   * What a phone does before it takes a pass: resolves with the time of signing where the signature is the manifest's and leads up to this
   * root, as of `at`. Otherwise it throws.
   */
  async check(manifest: Uint8Array, signature: Uint8Array, at: Date): Promise<Date> {
    const schema = pki.ContentInfo.fromBER(signature).content as asn1.Sequence;
    const signed = new pki.SignedData({ schema });
    if (signed.encapContentInfo.eContent !== undefined)
      throw new Error('the manifest is inside the signature');
    const trustedCerts = [pki.Certificate.fromBER(derOf(await this.root()))];
    const data = new Uint8Array(manifest).buffer;
    if (!(await signed.verify({ signer: 0, data, trustedCerts, checkChain: true, checkDate: at })))
      throw new Error('the signature is another content’s');
    const time = signed.signerInfos[0]?.signedAttrs?.attributes.find(({ type }) => type === signingTime);
    const [value] = (time?.values ?? []) as readonly unknown[];
    if (value instanceof asn1.UTCTime) return value.toDate();
    throw new Error('the time of signing is missing');
  }

  private async certify(
    subject: readonly Part[],
    keys: Keys,
    by: {
      readonly issuer: readonly Part[];
      readonly issuerKeys: Keys;
      readonly authority?: boolean;
      readonly notBefore?: Date;
      readonly notAfter?: Date;
    },
  ): Promise<pki.Certificate> {
    const certificate = new pki.Certificate({
      version: 2,
      serialNumber: new asn1.Integer({ value: this.serial++ }),
      subject: nameOf(subject),
      issuer: nameOf(by.issuer),
      notBefore: new pki.Time({ value: by.notBefore ?? new Date('2020-01-01') }),
      notAfter: new pki.Time({ value: by.notAfter ?? new Date('2040-01-01') }),
      extensions: [
        new pki.Extension({
          extnID: '2.5.29.19',
          critical: true,
          extnValue: new pki.BasicConstraints({ cA: by.authority ?? false }).toSchema().toBER(),
        }),
      ],
    });
    await certificate.subjectPublicKeyInfo.importKey(keys.publicKey);
    await certificate.sign(by.issuerKeys.privateKey, 'SHA-256');
    return certificate;
  }
}

const signingTime = '1.2.840.113549.1.9.5';
type Part = readonly [type: string, value: string];
const [commonName, unit, organization, country, userId] = [
  '2.5.4.3',
  '2.5.4.11',
  '2.5.4.10',
  '2.5.4.6',
  '0.9.2342.19200300.100.1.1',
];
const apple: readonly Part[] = [
  [organization, 'Not Apple Inc.'],
  [country, 'US'],
];
const rootName: readonly Part[] = [[commonName, 'Not Apple Root CA'], ...apple];
const intermediateName: readonly Part[] = [
  [commonName, 'Not Apple Worldwide Developer Relations Certification Authority'],
  [unit, 'G4'],
  ...apple,
];
const passSubject = ({ passTypeId, teamId }: PassCertificateTerms): readonly Part[] => [
  [userId, passTypeId],
  [commonName, `Pass Type ID: ${passTypeId}`],
  [unit, teamId],
  [organization, 'Boxoffice'],
  [country, 'AT'],
];

// pkijs would put all of it into one relative name, which is not how Apple writes it.
const nameOf = (parts: readonly Part[]): pki.RelativeDistinguishedNames => {
  const relative = parts.map(([type, value]) =>
    new pki.AttributeTypeAndValue({ type, value: new asn1.Utf8String({ value }) }).toSchema(),
  );
  const name = new asn1.Sequence({ value: relative.map((each) => new asn1.Set({ value: [each] })) });
  return pki.RelativeDistinguishedNames.fromBER(name.toBER());
};

function pemOf(certificate: pki.Certificate): string {
  const text = Buffer.from(certificate.toSchema(true).toBER()).toString('base64');
  return `-----BEGIN CERTIFICATE-----\n${text.replace(/(.{64})/g, '$1\n').trim()}\n-----END CERTIFICATE-----\n`;
}

const derOf = (pem: string): Buffer => Buffer.from(pem.replace(/-----[A-Z ]+-----/g, ''), 'base64');
const privatePem = ({ privateKey }: Keys): string =>
  KeyObject.from(privateKey).export({ type: 'pkcs8', format: 'pem' }).toString();
