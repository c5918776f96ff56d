import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { GroupCommit } from './group-commit';
import { SqliteFile } from './sqlite-file';

describe('a group commit', () => {
  let folder: string;
  let file: SqliteFile;
  let commits: GroupCommit;
  let statements: string[];

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'boxoffice-group-'));
    file = new SqliteFile(path.join(folder, 'a.db'));
    file.exec('create table t (id integer primary key)');
    statements = [];
    const exec = file.exec.bind(file);
    file.exec = (sql) => {
      statements.push(sql);
      exec(sql);
    };
    commits = new GroupCommit(file);
  });
  afterEach(() => {
    file.close();
    rmSync(folder, { recursive: true });
  });

  const insert = (id: number) => () => Number(file.run('insert into t values (?)', [id]).changes);
  const turns = async () => {
    for (let turn = 0; turn < 5; turn++) await setImmediate();
  };
  const ids = () =>
    (file.run('select id from t order by id', []).rows as { id: number }[]).map(({ id }) => id);

  it('writes what comes in one turn of the event loop in one transaction', async () => {
    await Promise.all([1, 2, 3, 4].map((id) => commits.submit(insert(id))));
    await commits.submit(insert(5));
    expect(ids()).toEqual([1, 2, 3, 4, 5]);
    expect(statements.filter((sql) => sql === 'commit')).toHaveLength(2);
  });

  it('answers what each job returned, and rejects the one that refuses', async () => {
    const refusing = () => {
      throw new Error('refused');
    };
    const outcomes = await Promise.allSettled([
      commits.submit(insert(1)),
      commits.submit(refusing),
      commits.submit(() => 'x'),
    ]);
    expect(outcomes).toMatchObject([{ value: 1 }, { reason: { message: 'refused' } }, { value: 'x' }]);
    expect(ids()).toEqual([1]);
  });

  it('keeps nothing of the group when SQLite fails, and goes on with the next', async () => {
    const outcomes = await Promise.allSettled([
      commits.submit(insert(1)),
      commits.submit(insert(1)),
      commits.submit(insert(2)),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(ids()).toEqual([]);
    await commits.submit(insert(3));
    expect(ids()).toEqual([3]);
  });

  it('waits for the disk where one of the group is durable, or rests on what is not there yet', async () => {
    const order: string[] = [];
    const disk = { is: Promise.withResolvers<undefined>(), asked: 0 };
    const awaiting = (): Promise<void> | undefined => (disk.asked > 0 ? disk.is.promise : undefined);
    file.durable = () => (disk.asked++, disk.is.promise);
    Object.defineProperty(file, 'awaited', { get: awaiting });
    await commits.submit(insert(1), false);
    expect(disk.asked).toBe(0);
    const group = [commits.submit(insert(2), false), commits.submit(insert(3))];
    void Promise.all(group).then(() => order.push('told'));
    await turns();
    expect([disk.asked, ids()]).toEqual([1, [1, 2, 3]]);
    void commits.submit(() => ids().length, false).then((seen) => order.push(`saw ${seen}`));
    void commits.afterwards(ids().length).then((seen) => order.push(`read ${seen}`));
    await turns();
    expect(order).toEqual([]);
    disk.is.resolve(undefined);
    await turns();
    expect(order.sort()).toEqual(['read 3', 'saw 3', 'told']);
  });

  it('tells all of a group that nobody knows what is on a disk that fails', async () => {
    file.durable = () => Promise.reject(new Error('EIO'));
    const outcomes = await Promise.allSettled([commits.submit(insert(1)), commits.submit(insert(2), false)]);
    expect(outcomes).toMatchObject([{ reason: { message: 'EIO' } }, { reason: { message: 'EIO' } }]);
  });

  it('writes what waits when it is closed, and takes nothing afterwards', async () => {
    const last = commits.submit(insert(1));
    commits.close();
    await last;
    expect(ids()).toEqual([1]);
    await expect(commits.submit(insert(2))).rejects.toThrow('closed');
  });
});
