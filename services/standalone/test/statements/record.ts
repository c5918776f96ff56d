import { afterAll } from '@jest/globals';
import { inTsql } from '@boxoffice/shared/platform/azure/sql';
import { DefaultQueryCompiler, SqliteQueryCompiler, type QueryId, type RootOperationNode } from 'kysely';
import { appendFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { getCallSites } from 'node:util';
import { watchPlaces } from './places';
import { ownerOf, type Statement } from './statement';

/*
 * Loaded before each spec of a collection (see collect.ts). From then on whatever a service has compiled for SQLite is compiled
 * once more, as Azure SQL would be sent it, and written down.
 */
const folder = process.env['STATEMENTS_FOLDER'];
if (folder === undefined) throw new Error('STATEMENTS_FOLDER says where to write');
const root = path.resolve(__dirname, '../../../..');
const fromRoot = (file: string): string => path.relative(root, file).replaceAll('\\', '/');
const own = fromRoot(__filename);
const written = new Set<string>();

function write(kind: 'statements' | 'places', one: object): void {
  const line = `${JSON.stringify(one)}\n`;
  if (written.has(line)) return;
  written.add(line);
  appendFileSync(path.join(folder ?? '', `${kind}-${process.pid}.jsonl`), line);
}

const places = watchPlaces((url) => {
  const file = url.startsWith('file:') ? fromRoot(fileURLToPath(url)) : '';
  return ownerOf(file) === undefined ? undefined : file;
});
afterAll(() => {
  for (const place of places()) write('places', place);
});

/** Column types are spelt for SQLite here: migrations are run on their own. */
const changesSchema = /^(Create|Alter|Drop)/;

SqliteQueryCompiler.prototype.compileQuery = function (node, queryId) {
  const compiled = DefaultQueryCompiler.prototype.compileQuery.call(this, node, queryId);
  const sender = changesSchema.test(node.kind) ? undefined : senderOf();
  if (sender)
    for (const told of inAzure(node, queryId, compiled.sql)) write('statements', { ...sender, ...told });
  return compiled;
};

function inAzure(node: RootOperationNode, queryId: QueryId, sql: string): Omit<Statement, 'of' | 'from'>[] {
  try {
    return inTsql(node, queryId).map((one) => ({ sql: one.sql, parameters: one.parameters.length }));
  } catch (error) {
    return [{ sql, parameters: 0, untold: String(error) }];
  }
}

/** Who asks; undefined where it is a test. */
function senderOf(): Pick<Statement, 'of' | 'from'> | undefined {
  const from = getCallSites(30)
    .map(({ scriptName }) => fromRoot(scriptName))
    .find(
      (name) => /^(services|shared)\//.test(name) && !name.startsWith('shared/src/platform/') && name !== own,
    );
  const of = from && ownerOf(from);
  return of === undefined || from === undefined ? undefined : { of, from };
}
