import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Files } from '../../src/platform';

export interface FilesUnderTest {
  readonly files: Files;
  close(): Promise<void>;
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** What every `Files` keeps to. Each test works below a folder of its own, so a real account will do. */
export function filesContract(name: string, open: () => Promise<FilesUnderTest>): void {
  describe(`files on ${name}`, () => {
    let store: FilesUnderTest;
    let files: Files;
    let here: string;

    beforeEach(async () => {
      store = await open();
      files = store.files;
      here = randomUUID();
    });
    afterEach(() => store.close());

    const textOf = async (file: string): Promise<string | undefined> => {
      const found = await files.get(file);
      return found && new TextDecoder().decode(found.bytes);
    };

    it('gives back the same bytes and content type', async () => {
      const all = Uint8Array.from({ length: 256 }, (_, at) => at);
      await files.put(`${here}/poster.png`, all, 'image/png');
      const found = await files.get(`${here}/poster.png`);
      expect(found?.contentType).toBe('image/png');
      expect(Buffer.from(found?.bytes ?? []).equals(Buffer.from(all))).toBe(true);
    });

    it('keeps an empty file and a large one', async () => {
      const large = new Uint8Array(3_000_000).fill(7);
      await files.put(`${here}/empty`, new Uint8Array(0), 'text/plain');
      await files.put(`${here}/large`, large, 'application/octet-stream');
      expect((await files.get(`${here}/empty`))?.bytes).toHaveLength(0);
      expect(Buffer.from((await files.get(`${here}/large`))?.bytes ?? []).equals(Buffer.from(large))).toBe(
        true,
      );
    });

    it('answers undefined for what is not there', async () => {
      expect(await files.get(`${here}/nothing`)).toBeUndefined();
    });

    it('overwrites bytes and content type together', async () => {
      await files.put(`${here}/a`, bytes('first, and longer'), 'text/plain');
      await files.put(`${here}/a`, bytes('second'), 'text/html');
      expect(await textOf(`${here}/a`)).toBe('second');
      expect((await files.get(`${here}/a`))?.contentType).toBe('text/html');
    });

    it('keeps one of the two whole when two are put at once', async () => {
      const texts = ['x', 'y'].map((letter) => letter.repeat(200_000));
      await Promise.all(texts.map((text) => files.put(`${here}/a`, bytes(text), 'text/plain')));
      expect(texts).toContain(await textOf(`${here}/a`));
    });

    it('deletes, and is content where there is nothing to delete', async () => {
      await files.put(`${here}/a`, bytes('a'), 'text/plain');
      await files.delete(`${here}/a`);
      await files.delete(`${here}/a`);
      expect(await files.get(`${here}/a`)).toBeUndefined();
      expect(await files.list(`${here}/`)).toEqual([]);
    });

    it('lists names that start with a prefix, ascending', async () => {
      const names = ['b/deep/er.txt', 'a.txt', 'b/one', 'B', 'a-1', 'ab'].map((file) => `${here}/${file}`);
      for (const file of names) await files.put(file, bytes('x'), 'text/plain');
      const sorted = [...names].sort();
      expect(await files.list(`${here}/`)).toEqual(sorted);
      expect(await files.list(`${here}/b/`)).toEqual(sorted.filter((file) => file.startsWith(`${here}/b/`)));
      expect(await files.list(`${here}/a`)).toEqual(sorted.filter((file) => file.startsWith(`${here}/a`)));
      expect(await files.list(`${here}/none`)).toEqual([]);
    });

    it.each(['', '/a', 'a/', 'a//b', '../a', 'a/../b', '.', 'a b', 'a\\b', 'ä'])(
      'refuses the name “%s”',
      async (file) => {
        await expect(files.put(file, bytes('x'), 'text/plain')).rejects.toThrow();
        await expect(files.get(file)).rejects.toThrow();
        await expect(files.delete(file)).rejects.toThrow();
      },
    );
  });
}
