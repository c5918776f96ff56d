import { link, mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Secrets } from '../ports';
import { codeOf, syncFolder, writeNewFile } from './durable-file';

/** A file a secret, which only its owner may read. */
export class EmbeddedSecrets implements Secrets {
  constructor(private readonly folder: string) {}

  async get(name: string): Promise<string | undefined> {
    return readFile(this.pathOf(name), 'utf8').catch((error: unknown) => {
      if (codeOf(error) === 'ENOENT') return undefined;
      throw error;
    });
  }

  async getOrCreate(name: string, make: () => string): Promise<string> {
    const kept = await this.get(name);
    if (kept !== undefined) return kept;
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const written = await writeNewFile(this.folder, make(), 0o600);
    try {
      // Never replaces what is there, and what is there is never half written.
      await link(written, this.pathOf(name));
      await syncFolder(this.folder);
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    } finally {
      await rm(written);
    }
    const won = await this.get(name);
    if (won === undefined) throw new Error(`the secret ${name} was removed while it was made`);
    return won;
  }

  private pathOf(name: string): string {
    if (!/^[A-Za-z0-9-]{1,127}$/.test(name)) throw new Error(`not a secret's name: ${name}`);
    return path.join(this.folder, name);
  }
}
