import type { DatabaseSync } from 'node:sqlite';
import { SqlError, type Outcome } from './sql-error';

/** The catalog of who may come in, as far as it is asked for here: `sys.database_principals` and who is in which role. */
export function createPrincipals(database: DatabaseSync): void {
  database.exec(`
    create table database_principals (principal_id integer primary key, name text unique collate nocase, type text, sid text unique);
    create table database_role_members (role_principal_id integer, member_principal_id integer, unique (role_principal_id, member_principal_id));
    insert into database_principals (principal_id, name, type) values
      (1, 'dbo', 'S'), (16384, 'db_owner', 'R'), (16390, 'db_datareader', 'R'), (16391, 'db_datawriter', 'R'), (16387, 'db_ddladmin', 'R')`);
}

export interface Principal {
  readonly name: string;
  readonly sid: string;
  readonly roles: readonly string[];
}

/** The users that came from Entra, in the order of their names. */
export function externalUsers(database: DatabaseSync): readonly Principal[] {
  const users = database
    .prepare(`select principal_id as id, name, sid from database_principals where type = 'E' order by name`)
    .all();
  const roles = database.prepare(
    `select r.name from database_role_members m join database_principals r on r.principal_id = m.role_principal_id
     where m.member_principal_id = ? order by r.name`,
  );
  return users.map(({ id = null, name, sid }) => ({
    name: String(name),
    sid: String(sid),
    roles: roles.all(id).map((role) => String(role['name'])),
  }));
}

const name = '"((?:[^"]|"")+)"';
const deeds: readonly (readonly [RegExp, (database: DatabaseSync, ...found: string[]) => void])[] = [
  [new RegExp(`^create user ${name} with sid = (0x[0-9A-F]{32}), type = E$`, 'i'), createUser],
  [new RegExp(`^drop user ${name}$`, 'i'), dropUser],
  [new RegExp(`^alter role ${name} (add|drop) member ${name}$`, 'i'), alterRole],
];

/** Undefined: no statement about users. */
export function aboutUsers(database: DatabaseSync, text: string): Outcome | undefined {
  if (!/^(create user|drop user|alter role)\b/i.test(text)) return undefined;
  for (const [pattern, deed] of deeds) {
    const found = pattern.exec(text)?.slice(1);
    if (found === undefined) continue;
    deed(database, ...found.map((part) => part.replaceAll('""', '"')));
    return { columns: [], rows: [], affected: 0 };
  }
  throw new SqlError(102, `Incorrect syntax near '${text.slice(0, 40)}'.`);
}

function createUser(database: DatabaseSync, user = '', given = ''): void {
  const sid = `0x${given.slice(2).toUpperCase()}`; // as the catalog shows it
  if (idOf(database, user) !== undefined)
    throw new SqlError(15023, `User, group, or role '${user}' already exists in the current database.`);
  if (database.prepare('select 1 from database_principals where sid = ?').get(sid) !== undefined)
    throw new SqlError(15063, 'The login already has an account under a different user name.');
  database.prepare(`insert into database_principals (name, type, sid) values (?, 'E', ?)`).run(user, sid);
}

function dropUser(database: DatabaseSync, user = ''): void {
  const id = known(database, user);
  database.prepare('delete from database_role_members where member_principal_id = ?').run(id);
  database.prepare('delete from database_principals where principal_id = ?').run(id);
}

function alterRole(database: DatabaseSync, role = '', how = '', user = ''): void {
  const ids = [known(database, role), known(database, user)] as const;
  if (how.toLowerCase() === 'add')
    database.prepare('insert or ignore into database_role_members values (?, ?)').run(...ids);
  else
    database
      .prepare('delete from database_role_members where role_principal_id = ? and member_principal_id = ?')
      .run(...ids);
}

const idOf = (database: DatabaseSync, principal: string): number | undefined => {
  const row = database
    .prepare('select principal_id as id from database_principals where name = ?')
    .get(principal);
  return row === undefined ? undefined : Number(row['id']);
};

function known(database: DatabaseSync, principal: string): number {
  const id = idOf(database, principal);
  if (id === undefined)
    throw new SqlError(
      15151,
      `Cannot find the principal '${principal}', because it does not exist or you do not have permission.`,
    );
  return id;
}
