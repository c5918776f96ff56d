import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { instant, type Instant } from '../../../kernel';
import { DocumentFile } from './document-file';

const spec = { name: 'holds', ttl: true };

describe('a file of documents', () => {
  let folder: string;
  let file: DocumentFile;
  let now: Instant;

  const open = () =>
    new DocumentFile(path.join(folder, 'a.db'), { now: () => now, sleep: () => Promise.resolve() });
  const reopen = () => {
    file.close();
    file = open();
  };
  const count = (): unknown => {
    const database = new DatabaseSync(path.join(folder, 'a.db'), { readOnly: true });
    const row = database.prepare('select count(*) as n from container_holds').get();
    database.close();
    return row?.n;
  };

  beforeEach(() => {
    now = instant('2027-01-05T10:00:00Z');
    folder = mkdtempSync(path.join(tmpdir(), 'boxoffice-documents-'));
    file = open();
  });
  afterEach(() => {
    file.close();
    rmSync(folder, { recursive: true });
  });

  it('is there again after a start, etags and all', async () => {
    const [etag = ''] = await file
      .container(spec)
      .write('p', [{ kind: 'create', id: 'a', body: { value: 1 } }]);
    reopen();
    expect(await file.container(spec).read('p', 'a')).toEqual({
      partition: 'p',
      id: 'a',
      etag,
      body: { value: 1 },
    });
    await file.container(spec).write('p', [{ kind: 'replace', id: 'a', body: { value: 2 }, ifMatch: etag }]);
  });

  it('gives no etag twice and no change a place that was passed, though the last document is gone after a start', async () => {
    const [etag] = await file.container(spec).write('p', [{ kind: 'create', id: 'a', body: {} }]);
    const { continuation } = await file.container(spec).changes(undefined, 10);
    await file.container(spec).write('p', [{ kind: 'delete', id: 'a' }]);
    reopen();
    const [again] = await file.container(spec).write('p', [{ kind: 'create', id: 'a', body: {} }]);
    expect(again).not.toBe(etag);
    expect((await file.container(spec).changes(continuation, 10)).documents).toHaveLength(1);
  });

  it('sweeps out what has ended, and nothing else', async () => {
    const container = file.container(spec);
    await container.write('p', [
      { kind: 'create', id: 'brief', body: {}, ttl: 60 },
      { kind: 'create', id: 'long', body: {}, ttl: 600 },
      { kind: 'create', id: 'lasting', body: {} },
    ]);
    now = instant('2027-01-05T10:01:00Z');
    expect(await container.read('p', 'brief')).toBeUndefined();
    expect(count()).toBe(3);
    await file.sweep();
    expect(count()).toBe(2);
    expect((await container.list('p')).map(({ id }) => id)).toEqual(['lasting', 'long']);
  });

  it('remembers where its feeds are', async () => {
    expect(file.checkpoint('announce')).toBeUndefined();
    await file.saveCheckpoint('announce', '7');
    await file.saveCheckpoint('announce', '8');
    reopen();
    expect(file.checkpoint('announce')).toBe('8');
  });

  it('keeps containers apart, whatever they are called', async () => {
    const odd = { name: 'a"; drop table sequence; --', ttl: false };
    await file.container(odd).write('p', [{ kind: 'create', id: 'a', body: {} }]);
    expect(await file.container(spec).read('p', 'a')).toBeUndefined();
    expect(await file.container(odd).read('p', 'a')).toBeDefined();
  });
});
