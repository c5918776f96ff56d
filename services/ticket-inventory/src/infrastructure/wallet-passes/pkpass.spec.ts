import { beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { instant } from '@boxoffice/shared/kernel';
import { unzipSync } from 'fflate';
import { AppleDouble } from '../../../../../shared/test/doubles/wallets';
import { appleSecrets, appleSigner } from './apple-signer';
import { pkpass } from './pkpass';

const issuer = { passTypeId: 'pass.org.example.tickets', teamId: 'A1B2C3D4E5', seller: 'Konzerthaus' };
const january = instant('2027-01-05T12:00:00Z');
const pass = { formatVersion: 1, description: 'Ticket: Søndag på Ørkenen' };
let apple: AppleDouble;
let made: Uint8Array;
let files: Readonly<Record<string, Buffer>>;

const make = async (): Promise<Uint8Array> => {
  const { certificate, key, intermediate } = await apple.issue(issuer);
  const texts = {
    [appleSecrets.certificate]: certificate,
    [appleSecrets.key]: key,
    [appleSecrets.intermediate]: intermediate,
  };
  return pkpass(pass, appleSigner(texts, issuer, january), january);
};

beforeAll(async () => {
  apple = await AppleDouble.open();
  made = await make();
  const unzipped = Object.entries(unzipSync(made));
  files = Object.fromEntries(unzipped.map(([name, bytes]) => [name, Buffer.from(bytes)]));
});

describe('a .pkpass', () => {
  it('is a zip of the pass, its icons, the manifest and the signature, and of nothing else', () => {
    expect(Object.keys(files).sort()).toEqual([
      'icon.png',
      'icon@2x.png',
      'icon@3x.png',
      'manifest.json',
      'pass.json',
      'signature',
    ]);
    expect(JSON.parse(files['pass.json']!.toString())).toEqual(pass);
  });

  it('has the SHA-1 of every other file in its manifest', () => {
    const covered = Object.keys(files).filter((name) => name !== 'manifest.json' && name !== 'signature');
    const sha1 = (name: string) => createHash('sha1').update(files[name]!).digest('hex');
    expect(JSON.parse(files['manifest.json']!.toString())).toEqual(
      Object.fromEntries(covered.map((name) => [name, sha1(name)])),
    );
  });

  it('is signed over its manifest, up to the root, with the time of signing', async () => {
    const { 'manifest.json': manifest, signature } = files;
    expect(await apple.check(manifest!, signature!, new Date(january))).toEqual(new Date(january));
  });

  it('is not taken with another manifest, with another signature, or by who trusts another root', async () => {
    const { 'manifest.json': manifest, signature } = files;
    const day = new Date(january);
    const forged = Buffer.from(manifest!.toString().replace(/[0-9a-f]{40}/, '0'.repeat(40)));
    await expect(apple.check(forged, signature!, day)).rejects.toThrow("digest doesn't match");
    const broken = Buffer.from(signature!);
    broken[broken.length - 1]! ^= 1;
    await expect(apple.check(manifest!, broken, day)).rejects.toThrow();
    const other = await AppleDouble.open();
    await expect(other.check(manifest!, signature!, day)).rejects.toThrow('No valid certificate paths');
  });

  // What is above needs no OpenSSL; where there is one, it was written by others.
  const openssl = spawnSync('openssl', ['version']).status === 0 ? it : it.skip;
  openssl('is taken by OpenSSL too, and with another manifest it is not', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'pkpass-'));
    const put = (name: string, content: Buffer | string): string => {
      writeFileSync(path.join(folder, name), content);
      return path.join(folder, name);
    };
    const signature = put('signature', files['signature']!);
    const root = put('root.pem', await apple.root());
    const verify = (manifest: string) =>
      spawnSync('openssl', [
        ...['cms', '-verify', '-binary', '-purpose', 'any', '-attime', String(Date.parse(january) / 1000)],
        ...['-inform', 'DER', '-in', signature, '-content', put('manifest.json', manifest), '-CAfile', root],
      ]);
    const manifest = files['manifest.json']!.toString();
    expect(verify(manifest)).toMatchObject({ status: 0, stdout: Buffer.from(manifest) });
    expect(verify(manifest.replace(/[0-9a-f]{40}/, '0'.repeat(40))).status).not.toBe(0);
    rmSync(folder, { recursive: true });
  });
});
