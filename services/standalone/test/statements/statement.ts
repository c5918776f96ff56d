/** One text that a server is sent. */
export interface Statement {
  /** Whose: a service's, or `messaging` for what each of them keeps beside its own tables. */
  readonly of: string;
  /** The file that sends it, from the root; or `migrations`, whose order is kept. */
  readonly from: string;
  readonly sql: string;
  readonly parameters: number;
  /** Why T-SQL can't say it; `sql` is SQLite's then. */
  readonly untold?: string;
}

export const migrations = 'migrations';

/** Whose statements a file sends when it is asked to, once the tables are there; undefined where it has none. */
export function ownerOf(file: string): string | undefined {
  if (file.endsWith('.spec.ts') || file.includes('/infrastructure/migrations')) return undefined;
  const owner = /^services\/([\w-]+)\/src\/|^shared\/src\/(messaging)\//.exec(file);
  return owner?.[1] ?? owner?.[2];
}

/** One of each shape: lists of every length are one, and so are pages of every size. In the order of reading. */
export function shapes(statements: readonly Statement[]): readonly Statement[] {
  const shortest = new Map<string, Statement>();
  for (const statement of statements) {
    const shape = `${statement.of} ${shapeOf(statement.sql)}`;
    const other = shortest.get(shape);
    if (other === undefined || statement.sql.length < other.sql.length) shortest.set(shape, statement);
  }
  return [...shortest.values()].sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
}

const shapeOf = (sql: string): string =>
  sql
    .replace(/@\d+/g, '@')
    .replace(/\btop\(\d+\)/g, 'top(n)')
    .replace(/\(@(?:, @)+\)/g, '(@)')
    .replace(/\(@\)(?:, \(@\))+/g, '(@)');

const placeOf = ({ of, from, sql }: Statement): string =>
  from === migrations ? `${of} ` : `${of} ${from} ${sql}`;
