import { mkdir, readFile, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Files } from '../ports';
import { codeOf, syncFolder, writeNewFile } from './durable-file';

/**
 * A folder of files. On disk a file is its content type, a line break, and its bytes: one file, so that both change at
 * once. `~`, which no name holds, ends a file's name there, so that `a` and `a/b` can both be.
 */
export class EmbeddedFiles implements Files {
  private readonly unfinished: string;

  constructor(private readonly folder: string) {
    this.unfinished = path.join(folder, '~');
  }

  async put(name: string, bytes: Uint8Array, contentType: string): Promise<void> {
    const target = this.pathOf(name);
    if (!/^[\x20-\x7e]+$/.test(contentType)) throw new Error(`not a content type: ${contentType}`);
    await mkdir(path.dirname(target), { recursive: true });
    const written = await writeNewFile(
      this.unfinished,
      Buffer.concat([Buffer.from(`${contentType}\n`), bytes]),
    );
    await rename(written, target);
    await syncFolder(path.dirname(target));
  }

  async get(name: string): Promise<{ readonly bytes: Uint8Array; readonly contentType: string } | undefined> {
    const content = await readFile(this.pathOf(name)).catch(absent);
    if (!content) return undefined;
    const end = content.indexOf(0x0a);
    return { contentType: content.toString('latin1', 0, end), bytes: content.subarray(end + 1) };
  }

  async delete(name: string): Promise<void> {
    await rm(this.pathOf(name), { force: true });
  }

  async list(prefix: string): Promise<readonly string[]> {
    const entries =
      (await readdir(this.folder, { recursive: true, withFileTypes: true }).catch(absent)) ?? [];
    const names = entries
      .filter((entry) => entry.isFile() && entry.name.endsWith('~'))
      .map((entry) => this.nameOf(entry.parentPath, entry.name));
    return names.filter((name) => name.startsWith(prefix)).sort();
  }

  private pathOf(name: string): string {
    const segments = name.split('/');
    const fine = segments.every((segment) => /^[A-Za-z0-9._-]+$/.test(segment) && !/^\.+$/.test(segment));
    if (!fine) throw new Error(`not a file's name: ${name}`);
    return `${path.join(this.folder, ...segments)}~`;
  }

  private nameOf(folder: string, file: string): string {
    return path
      .relative(this.folder, path.join(folder, file.slice(0, -1)))
      .split(path.sep)
      .join('/');
  }
}

function absent(error: unknown): undefined {
  if (codeOf(error) === 'ENOENT') return undefined;
  throw error;
}
