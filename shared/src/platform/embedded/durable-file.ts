import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, openSync } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import path from 'node:path';

/** Writes a file of a new name into `folder`; on the disk when it resolves to its path. */
export async function writeNewFile(
  folder: string,
  content: Uint8Array | string,
  mode?: number,
): Promise<string> {
  await mkdir(folder, { recursive: true });
  const target = path.join(folder, `~${randomUUID()}`);
  const file = await open(target, 'wx', mode);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  return target;
}

/** Makes a new or changed name in `folder` survive the end of the machine. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return; // Windows opens no folders, and keeps names by itself.
  const opened = await open(folder, 'r');
  try {
    await opened.sync();
  } finally {
    await opened.close();
  }
}

/** The same, for who opens a store and can't go on before. */
export function syncFolderNow(folder: string): void {
  if (process.platform === 'win32') return;
  const opened = openSync(folder, 'r');
  try {
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
}

/** `ENOENT` and the like; undefined where an error has none. */
export const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
