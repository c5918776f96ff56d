import type { Database } from '@boxoffice/shared/sql';
import { sql, type RawBuilder, type Transaction } from 'kysely';
import type { Identity } from '../deployment';
import { sidOf } from './sid';

/** A run-time identity reads and writes rows. It may not change a schema. */
const roles = ['db_datareader', 'db_datawriter'] as const;

interface Deed {
  readonly says: string;
  readonly statement: RawBuilder<unknown>;
}

interface Known {
  readonly users: readonly { readonly name: string; readonly sid: string }[];
  /** Those that the user of this name is in. */
  readonly roles: readonly string[];
}

/**
 * Makes the database know the identity under its name, by SID and not `from external provider`: that would have the server
 * look it up in Entra, with rights that it rarely has. Answers what had to be done; nothing when it was so already.
 */
export const ensureSqlUser = (database: Database<unknown>, identity: Identity): Promise<readonly string[]> =>
  database.transaction(async (tx) => {
    const deeds = deedsFor(identity, await known(tx, identity.name));
    for (const { statement } of deeds) await statement.execute(tx);
    return deeds.map(({ says }) => says);
  });

async function known(tx: Transaction<unknown>, name: string): Promise<Known> {
  const users = await sql<Known['users'][number]>`
    select "name", convert(varchar(100), "sid", 1) as "sid" from sys.database_principals where "type" = 'E'`.execute(
    tx,
  );
  const held = await sql<{ role: string }>`
    select r."name" as "role" from sys.database_role_members m
    join sys.database_principals r on r."principal_id" = m."role_principal_id"
    join sys.database_principals u on u."principal_id" = m."member_principal_id"
    where u."name" = ${name}`.execute(tx);
  return { users: users.rows, roles: held.rows.map(({ role }) => role) };
}

function deedsFor({ name, clientId }: Identity, { users, roles: held }: Known): readonly Deed[] {
  const sid = sidOf(clientId);
  const isSame = (one: string): boolean => one.toLowerCase() === name.toLowerCase();
  const own = users.find((user) => isSame(user.name));
  const isKept = own?.sid === sid;
  // A name whose identity was made anew, and an identity whose name was changed: either stands in the way of the user to be made.
  const stale = users.filter((user) => isSame(user.name) !== (user.sid === sid));
  const keeps = isKept ? held : [];
  return [
    ...stale.map((user) => ({
      says: `dropped the user ${user.name}, of another identity`,
      statement: sql`drop user ${sql.id(user.name)}`,
    })),
    ...(isKept
      ? []
      : [
          {
            says: `created the user ${name}`,
            statement: sql`create user ${sql.id(name)} with sid = ${sql.raw(sid)}, type = E`,
          },
        ]),
    ...roles
      .filter((role) => !keeps.includes(role))
      .map((role) => ({
        says: `let ${name} into ${role}`,
        statement: sql`alter role ${sql.id(role)} add member ${sql.id(name)}`,
      })),
    ...keeps
      .filter((role) => !roles.some((wanted) => wanted === role))
      .map((role) => ({
        says: `put ${name} out of ${role}`,
        statement: sql`alter role ${sql.id(role)} drop member ${sql.id(name)}`,
      })),
  ];
}
