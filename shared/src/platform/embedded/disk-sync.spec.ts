import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fs, { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DiskSync } from './disk-sync';

describe('a file on its way to the disk', () => {
  let folder: string;
  let sync: DiskSync;
  /** Each sync that was begun, to be ended by the test. */
  let begun: ((error: Error | null) => void)[];
  const { fdatasync } = fs;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'boxoffice-sync-'));
    writeFileSync(path.join(folder, 'log'), '');
    begun = [];
    Object.assign(fs, { fdatasync: (_: number, done: (error: Error | null) => void) => begun.push(done) });
    sync = new DiskSync(path.join(folder, 'log'));
  });
  afterEach(() => {
    Object.assign(fs, { fdatasync });
    rmSync(folder, { recursive: true });
  });

  const told: string[] = [];
  const ask = (name: string) => {
    const { length } = told;
    void sync.request().then(
      () => told.push(name),
      () => told.push(`${name} failed`),
    );
    return length;
  };
  const newsAfter = async (from: number) => {
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
    return told.slice(from);
  };

  it('is written for all who ask meanwhile in one further sync, and for none of them in the one before', async () => {
    const from = ask('first');
    ask('second');
    ask('third');
    expect(begun).toHaveLength(1);
    begun[0]!(null);
    expect(await newsAfter(from)).toEqual(['first']);
    expect(begun).toHaveLength(2);
    begun[1]!(null);
    expect(await newsAfter(from)).toEqual(['first', 'second', 'third']);
    expect([begun.length, sync.pending]).toEqual([2, undefined]);
    sync.close();
  });

  it('is never again said to be there once a sync has failed', async () => {
    const from = ask('first');
    ask('second');
    begun[0]!(new Error('EIO'));
    await newsAfter(from);
    ask('third');
    expect(await newsAfter(from)).toEqual(['first failed', 'second failed', 'third failed']);
    expect(begun).toHaveLength(1);
  });

  it('is there when it is closed, and who waited is told', async () => {
    const from = ask('first');
    ask('second');
    sync.close();
    begun[0]!(null);
    expect(await newsAfter(from)).toEqual(['first', 'second']);
    expect(begun).toHaveLength(1);
  });
});
