import type { Envelope } from './ingestion';

/** One row of a table of Application Insights, as far as queries here look at it. */
export interface Row {
  readonly table: string;
  /** Of a metric or a span; undefined where the table has no such column. */
  readonly name: string | undefined;
  readonly role: string;
  readonly operationId: string;
  readonly properties: Readonly<Record<string, string>>;
}

/** Where the ingestion puts what is sent (learn.microsoft.com/azure/azure-monitor/app/data-model-complete). */
const tableOf: Readonly<Record<string, string>> = {
  MessageData: 'AppTraces',
  ExceptionData: 'AppExceptions',
  MetricData: 'AppMetrics',
  RemoteDependencyData: 'AppDependencies',
  RequestData: 'AppRequests',
};

export function rowOf({ data, tags }: Envelope): Row {
  const table = tableOf[data.baseType];
  if (table === undefined) throw new Error(`nobody knows which table keeps ${data.baseType}`);
  const { name, metrics, properties = {} } = data.baseData;
  return {
    table,
    name: metrics?.[0]?.name ?? name,
    role: tags['ai.cloud.role'] ?? '',
    operationId: tags['ai.operation.id'] ?? '',
    properties,
  };
}
