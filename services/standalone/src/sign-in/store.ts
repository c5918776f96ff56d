import { DatabaseSync } from 'node:sqlite';
import type { Adapter, AdapterConstructor, AdapterPayload } from 'oidc-provider';

/** oidc-provider's sessions, grants, codes and refresh tokens in a file, so that nobody is signed out by a restart. */
export function openSignInStore(file: string): { readonly adapter: AdapterConstructor; close(): void } {
  const database = new DatabaseSync(file);
  database.exec(`pragma journal_mode = wal; pragma synchronous = normal; pragma busy_timeout = 5000;
    create table if not exists entry (
      model text not null, id text not null, payload text not null, grantId text, userCode text, uid text, expiresAt integer,
      primary key (model, id)) without rowid;
    create index if not exists entry_grant on entry (grantId) where grantId is not null;
    create index if not exists entry_uid on entry (uid) where uid is not null;
    create index if not exists entry_expiry on entry (expiresAt) where expiresAt is not null`);
  const upsert = database.prepare('insert or replace into entry values (?, ?, ?, ?, ?, ?, ?)');
  const byId = database.prepare('select payload, expiresAt from entry where model = ? and id = ?');
  const byUserCode = database.prepare(
    'select payload, expiresAt from entry where model = ? and userCode = ?',
  );
  const byUid = database.prepare('select payload, expiresAt from entry where model = ? and uid = ?');
  const remove = database.prepare('delete from entry where model = ? and id = ?');
  const removeGrant = database.prepare('delete from entry where grantId = ?');
  const removeExpired = database.prepare('delete from entry where expiresAt < ?');

  const live = (row: unknown): AdapterPayload | undefined => {
    const found = row as { payload: string; expiresAt: number | null } | undefined;
    if (!found || (found.expiresAt !== null && found.expiresAt < Date.now())) return undefined;
    return JSON.parse(found.payload) as AdapterPayload;
  };

  class StoredModel implements Adapter {
    constructor(private readonly model: string) {}

    async upsert(id: string, payload: AdapterPayload, expiresIn: number): Promise<void> {
      const expiresAt = expiresIn ? Date.now() + expiresIn * 1000 : null;
      removeExpired.run(Date.now());
      upsert.run(
        this.model,
        id,
        JSON.stringify(payload),
        payload.grantId ?? null,
        payload.userCode ?? null,
        payload.uid ?? null,
        expiresAt,
      );
    }
    async find(id: string): Promise<AdapterPayload | undefined> {
      return live(byId.get(this.model, id));
    }
    async findByUserCode(userCode: string): Promise<AdapterPayload | undefined> {
      return live(byUserCode.get(this.model, userCode));
    }
    async findByUid(uid: string): Promise<AdapterPayload | undefined> {
      return live(byUid.get(this.model, uid));
    }
    async consume(id: string): Promise<void> {
      const payload = await this.find(id);
      if (!payload) return;
      const consumed = JSON.stringify({ ...payload, consumed: Math.floor(Date.now() / 1000) });
      database
        .prepare('update entry set payload = ? where model = ? and id = ?')
        .run(consumed, this.model, id);
    }
    async destroy(id: string): Promise<void> {
      remove.run(this.model, id);
    }
    async revokeByGrantId(grantId: string): Promise<void> {
      removeGrant.run(grantId);
    }
  }
  return { adapter: StoredModel, close: () => database.close() };
}
