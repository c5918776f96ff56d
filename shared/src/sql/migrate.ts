import type { Kysely, Transaction } from 'kysely';
import type { Clock } from '../kernel';
import type { Database } from './database';
import { isSqlFault } from './faults';
import type { ColumnTypes, DialectStatements, Migration } from './migration';

/** What the runner must know of the database at hand. */
export interface MigrationDialect {
  readonly types: ColumnTypes;
  readonly statements: DialectStatements;
  hasTable(query: Kysely<unknown>, name: string): Promise<boolean>;
}

interface Ledger {
  migration: { name: string; appliedAt: string };
}

/**
 * Runs the migrations that have not run yet, each in a transaction with the row that says so, and answers their names.
 * Two runners at once meet at that row: one applies, the other finds it applied. What this code does not know, because a
 * newer one has run before, is left alone. Throws where a new migration would have to run before one that has run.
 */
export async function migrate(
  database: Database<unknown>,
  migrations: readonly Migration[],
  dialect: MigrationDialect,
  clock: Clock,
): Promise<readonly string[]> {
  const ordered = inOrder(migrations);
  if (ordered.length === 0) return [];
  const own = database as unknown as Database<Ledger>;
  await createLedger(database, dialect);
  const applied = await appliedIn(own);
  const last = applied.findLast((name) => ordered.some((one) => one.name === name)) ?? '';
  const due = ordered.filter(({ name }) => !applied.includes(name));
  const tooLate = due.filter(({ name }) => name < last);
  if (tooLate.length > 0)
    throw new Error(
      `${tooLate.map(({ name }) => name).join(', ')} would run before ${last}, which has run: migrations go forwards only`,
    );

  const done: string[] = [];
  for (const migration of due) if (await apply(own, migration, dialect, clock)) done.push(migration.name);
  return done;
}

/** The names of those that have not run in this database. Changes nothing: for who may not. */
export async function migrationsDue(
  database: Database<unknown>,
  migrations: readonly Migration[],
  dialect: MigrationDialect,
): Promise<readonly string[]> {
  const isThere = await dialect.hasTable(database.query, 'migration');
  const applied = isThere ? await appliedIn(database) : [];
  return inOrder(migrations)
    .map(({ name }) => name)
    .filter((name) => !applied.includes(name));
}

async function appliedIn(database: Database<Ledger>): Promise<readonly string[]> {
  const rows = await database.query.selectFrom('migration').select('name').orderBy('name').execute();
  return rows.map(({ name }) => name);
}

function inOrder(migrations: readonly Migration[]): readonly Migration[] {
  const ordered = [...migrations].sort((a, b) => (a.name < b.name ? -1 : 1));
  const twice = ordered.find(({ name }, at) => name === ordered[at + 1]?.name);
  if (twice) throw new Error(`two migrations are called ${twice.name}`);
  return ordered;
}

async function createLedger(database: Database<unknown>, dialect: MigrationDialect): Promise<void> {
  const { types } = dialect;
  if (await dialect.hasTable(database.query, 'migration')) return;
  try {
    await database.transaction((tx) =>
      tx.schema
        .createTable('migration')
        .addColumn('name', types.key(100), (c) => c.notNull().primaryKey())
        .addColumn('appliedAt', types.instant, (c) => c.notNull())
        .execute(),
    );
  } catch (error) {
    // Another runner may have created it since we looked.
    if (!(await dialect.hasTable(database.query, 'migration'))) throw error;
  }
}

/** False when another runner has applied it meanwhile. */
async function apply(
  database: Database<Ledger>,
  migration: Migration,
  { types, statements }: MigrationDialect,
  clock: Clock,
): Promise<boolean> {
  const { name } = migration;
  try {
    await database.transaction(async (tx) => {
      // First of all, so that a second runner waits here instead of half-way through the same tables.
      await tx.insertInto('migration').values({ name, appliedAt: clock.now() }).execute();
      await migration.up(tx as unknown as Transaction<unknown>, types, statements);
    });
    return true;
  } catch (error) {
    const byAnother = isSqlFault(error, 'UniqueViolation') && (await isApplied(database, name));
    if (byAnother) return false;
    throw error;
  }
}

async function isApplied(database: Database<Ledger>, name: string): Promise<boolean> {
  const row = await database.query
    .selectFrom('migration')
    .select('name')
    .where('name', '=', name)
    .executeTakeFirst();
  return row !== undefined;
}
