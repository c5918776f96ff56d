import { MssqlQueryCompiler, type CompiledQuery, type QueryId, type RootOperationNode } from 'kysely';
import { PortablePlugin } from './portable';
import { split } from './split';

/** The statements that a server is sent for one query. Throws where T-SQL can't say it. */
export const inTsql = (node: RootOperationNode, queryId: QueryId): readonly CompiledQuery[] =>
  split(
    new MssqlQueryCompiler().compileQuery(new PortablePlugin().transformQuery({ node, queryId }), queryId),
  );
