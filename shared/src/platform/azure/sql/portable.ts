import {
  FetchNode,
  OffsetNode,
  OperationNodeTransformer,
  TopNode,
  ValueNode,
  type DeleteQueryNode,
  type InsertQueryNode,
  type KyselyPlugin,
  type OperationNode,
  type PluginTransformQueryArgs,
  type PluginTransformResultArgs,
  type QueryResult,
  type RootOperationNode,
  type SelectQueryNode,
  type UnknownRow,
  type UpdateQueryNode,
} from 'kysely';

/**
 * Lets `.limit(n)` and `.offset(n)` mean on T-SQL what they mean on SQLite, and refuses at once what only one of the two
 * understands, rather than have a server refuse it one day.
 */
export class PortablePlugin implements KyselyPlugin {
  private readonly transformer = new Portable();

  transformQuery({ node, queryId }: PluginTransformQueryArgs): RootOperationNode {
    return this.transformer.transformNode(node, queryId);
  }

  async transformResult({ result }: PluginTransformResultArgs): Promise<QueryResult<UnknownRow>> {
    return result;
  }
}

class Portable extends OperationNodeTransformer {
  protected override transformSelectQuery(
    ...[node, queryId]: Parameters<OperationNodeTransformer['transformSelectQuery']>
  ): SelectQueryNode {
    const { limit, offset, ...rest } = super.transformSelectQuery(node, queryId);
    if (limit === undefined && offset === undefined) return rest;
    const count = limit && numberIn(limit.limit);
    // TOP counts before a union or an offset would.
    if (count !== undefined && offset === undefined && rest.setOperations === undefined)
      return { ...rest, top: TopNode.create(count) };
    if (rest.orderBy === undefined)
      throw new Error('offset, and a limit on a union, need an order on T-SQL: add orderBy');
    return {
      ...rest,
      offset: offset ?? OffsetNode.create(ValueNode.createImmediate(0)),
      ...(count !== undefined && { fetch: FetchNode.create(count, 'only') }),
    };
  }

  protected override transformInsertQuery(
    ...[node, queryId]: Parameters<OperationNodeTransformer['transformInsertQuery']>
  ): InsertQueryNode {
    refuse(node, 'returning', 'onConflict', 'onDuplicateKey', 'orAction', 'ignore', 'replace');
    return super.transformInsertQuery(node, queryId);
  }

  protected override transformUpdateQuery(
    ...[node, queryId]: Parameters<OperationNodeTransformer['transformUpdateQuery']>
  ): UpdateQueryNode {
    refuse(node, 'returning', 'limit', 'orderBy');
    return super.transformUpdateQuery(node, queryId);
  }

  protected override transformDeleteQuery(
    ...[node, queryId]: Parameters<OperationNodeTransformer['transformDeleteQuery']>
  ): DeleteQueryNode {
    refuse(node, 'returning', 'limit', 'orderBy');
    return super.transformDeleteQuery(node, queryId);
  }
}

function refuse<Node extends OperationNode>(node: Node, ...clauses: readonly (keyof Node & string)[]): void {
  const found = clauses.filter((clause) => node[clause] !== undefined);
  if (found.length > 0) throw new Error(`T-SQL has no ${found.join(', ')} in a ${node.kind}`);
}

function numberIn(node: OperationNode): number {
  const value: unknown = ValueNode.is(node) ? node.value : undefined;
  if (typeof value === 'number' || typeof value === 'bigint') return Number(value);
  throw new Error('a limit is a number');
}
