import {
  AndNode,
  BinaryOperationNode,
  ColumnNode,
  ColumnUpdateNode,
  InsertQueryNode,
  ParensNode,
  PrimitiveValueListNode,
  RawNode,
  ReferenceNode,
  TableNode,
  UpdateQueryNode,
  ValuesNode,
  WhereNode,
  type KyselyPlugin,
  type OperationNode,
  type RootOperationNode,
} from 'kysely';
import type { Bug } from './bug';
import { withStatements } from './wrap';

type Platforms = NonNullable<Bug['platform']>;

/** payment-processing's statements are others. */
export const changeStatements = (change: (node: RootOperationNode) => RootOperationNode): Platforms => {
  const plugin: KyselyPlugin = {
    transformQuery: ({ node }) => change(node),
    transformResult: async ({ result }) => result,
  };
  return (platform, service) =>
    service === 'payment-processing' ? withStatements(platform, plugin) : platform;
};

/** Rows of this table that `leftOut` recognises by their values are not written. */
export const leavingOut = (table: string, leftOut: (row: readonly unknown[]) => boolean): Platforms =>
  changeInserts(table, (row) => (leftOut(row) ? undefined : row));

/** The same statement, without any row: Kysely takes no statement of another kind for it. */
export const writingNothing = (node: InsertQueryNode): InsertQueryNode => ({
  ...node,
  values: RawNode.createWithSql(`select ${(node.columns ?? []).map(() => 'null').join(', ')} where 1 = 0`),
});

/** Rows of this table are written otherwise. Where `change` wants one of them left out, all of its statement are. */
export const changeInserts = (
  table: string,
  change: (row: readonly unknown[]) => readonly unknown[] | undefined,
): Platforms =>
  changeStatements((node) => {
    if (!InsertQueryNode.is(node) || node.into?.table.identifier.name !== table) return node;
    if (!node.values || !ValuesNode.is(node.values)) return node;
    const rows: PrimitiveValueListNode[] = [];
    for (const row of node.values.values) {
      if (!PrimitiveValueListNode.is(row)) return node;
      const changed = change(row.values);
      if (!changed) return writingNothing(node);
      rows.push(PrimitiveValueListNode.create(changed));
    }
    return { ...node, values: ValuesNode.create(rows) };
  });

export interface ChangedUpdate {
  /** Columns that stay as they are. */
  readonly keeps?: readonly string[];
  /** Columns that the condition asks nothing of any more. */
  readonly ignores?: readonly string[];
}

/** Updates of this table are made otherwise, where `concerns` says so of the columns that they set and of their values. */
export const changeUpdates = (
  table: string,
  { keeps = [], ignores = [] }: ChangedUpdate,
  concerns: (sets: string) => boolean = () => true,
): Platforms =>
  changeStatements((node) => {
    if (!UpdateQueryNode.is(node) || !node.table || !TableNode.is(node.table)) return node;
    if (node.table.table.identifier.name !== table || !concerns(JSON.stringify(node.updates))) return node;
    const updates = (node.updates ?? []).map((update) => {
      const { column } = update;
      const kept = ColumnNode.is(column) && keeps.includes(column.column.name);
      return kept ? ColumnUpdateNode.create(column, column) : update;
    });
    const rest = node.where && withoutConditions(node.where.where, ignores);
    return { ...node, updates, ...(rest ? { where: WhereNode.create(rest) } : {}) };
  });

/** The condition without what it asks of these columns. */
export function withoutConditions(
  node: OperationNode,
  columns: readonly string[],
): OperationNode | undefined {
  if (AndNode.is(node)) {
    const [left, right] = [withoutConditions(node.left, columns), withoutConditions(node.right, columns)];
    return left && right ? AndNode.create(left, right) : (left ?? right);
  }
  const column = BinaryOperationNode.is(node) ? columnOf(node.leftOperand) : undefined;
  return column !== undefined && columns.includes(column) ? undefined : node;
}

/** The column that stands leftmost. */
function columnOf(node: OperationNode): string | undefined {
  if (ParensNode.is(node)) return columnOf(node.node);
  if (BinaryOperationNode.is(node)) return columnOf(node.leftOperand);
  return ReferenceNode.is(node) && ColumnNode.is(node.column) ? node.column.column.name : undefined;
}
