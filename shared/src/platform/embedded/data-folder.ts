import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { sqliteCodeOf } from '../../sql/sqlite';

const busy = 5; // SQLITE_BUSY: sqlite.org/rescode.html

/** Another process has it; the message says what to do. */
export class DataFolderTaken extends Error {
  override readonly name = 'DataFolderTaken';
}

/** Where a platform keeps everything; one process owns it at a time. */
export interface DataFolder {
  /** The path of a file or a folder in it, whose parents exist. */
  at(...segments: readonly string[]): string;
  release(): void;
}

/**
 * Takes hold of `dataDir` by a lock of the operating system, which lets go of it when the process ends, however it ends.
 * Waits for a predecessor that is about to end; throws DataFolderTaken where it does not.
 */
export function ownDataFolder(dataDir: string, patienceMilliseconds = 5000): DataFolder {
  const folder = path.resolve(dataDir);
  mkdirSync(folder, { recursive: true });
  const lock = new DatabaseSync(path.join(folder, 'lock.db'), { timeout: patienceMilliseconds });
  try {
    lock.exec(
      'pragma synchronous = off; pragma locking_mode = exclusive; begin exclusive; create table if not exists owner (pid integer); commit',
    );
  } catch (error) {
    lock.close();
    if (sqliteCodeOf(error) !== busy) throw error;
    throw new DataFolderTaken(
      `The data folder ${folder} is in use by another Boxoffice process. Stop that one first, or choose another folder with DATA_DIR.`,
      { cause: error },
    );
  }
  return {
    at(...segments) {
      const full = path.join(folder, ...segments);
      mkdirSync(path.dirname(full), { recursive: true });
      return full;
    },
    release: () => lock.close(),
  };
}
