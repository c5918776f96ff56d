import { createHash } from 'node:crypto';
import type { Instant } from '@boxoffice/shared/kernel';
import type { AppleSigner } from './apple-signer';
import { detachedSignature } from './detached-signature';
import { icons } from './icon';

/**
 * A pass as a file (developer.apple.com/documentation/walletpasses/building-a-pass): a zip of `pass.json`, its pictures, `manifest.json`
 * with the SHA-1 of each of them, and `signature` over the manifest.
 */
export async function pkpass(pass: object, signer: AppleSigner, at: Instant): Promise<Uint8Array> {
  const { zipSync } = await import('fflate');
  const files = { 'pass.json': json(pass), ...icons() };
  const hashes = Object.entries(files).map(([name, bytes]) => [name, sha1(bytes)] as const);
  const manifest = json(Object.fromEntries(hashes));
  const signature = await detachedSignature(manifest, signer, at);
  return zipSync({ ...files, 'manifest.json': manifest, signature }, { mtime: at });
}

const json = (value: object): Uint8Array => Buffer.from(JSON.stringify(value));
const sha1 = (bytes: Uint8Array): string => createHash('sha1').update(bytes).digest('hex');
