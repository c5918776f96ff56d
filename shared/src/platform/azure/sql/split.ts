import {
  MssqlQueryCompiler,
  ValuesNode,
  type CompiledQuery,
  type InsertQueryNode,
  type RootOperationNode,
} from 'kysely';

/** 1,000 rows in one VALUES; 2,100 parameters in one call, less those that sp_executesql takes itself. */
const limits = { rows: 1000, parameters: 2090 } as const;

/** An insert of more rows than one statement takes → several statements; anything else stays as it is. */
export function split(query: CompiledQuery): readonly CompiledQuery[] {
  const node: RootOperationNode = query.query;
  const rows =
    node.kind === 'InsertQueryNode' && node.values && ValuesNode.is(node.values) ? node.values.values : [];
  if (rows.length > 1) {
    const each = Math.min(
      limits.rows,
      Math.floor((limits.parameters * rows.length) / Math.max(1, query.parameters.length)),
    );
    if (each < rows.length) return parts(node as InsertQueryNode, rows, Math.max(1, each), query);
  }
  if (query.parameters.length > limits.parameters)
    throw new RangeError(
      `${query.parameters.length} parameters in a statement, ${limits.parameters} at most`,
    );
  return [query];
}

function parts(
  node: InsertQueryNode,
  rows: ValuesNode['values'],
  each: number,
  { queryId }: CompiledQuery,
): CompiledQuery[] {
  const statements: CompiledQuery[] = [];
  for (let at = 0; at < rows.length; at += each) {
    const part: InsertQueryNode = { ...node, values: ValuesNode.create(rows.slice(at, at + each)) };
    statements.push(new MssqlQueryCompiler().compileQuery(part, queryId));
  }
  return statements;
}
