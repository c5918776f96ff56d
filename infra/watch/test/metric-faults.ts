import published from '../published/metrics.json';

export interface MetricUse {
  readonly metric: string;
  readonly aggregation: string;
  readonly dimensions: readonly string[];
}

interface Metric {
  readonly aggregations: readonly string[];
  readonly dimensions: readonly string[];
}

const resources: Readonly<Record<string, Readonly<Record<string, Metric>>>> = published.resources;

/** What is wrong with the use of a platform metric, by Azure's published list of them. */
export function metricFaults(resourceType: string, use: MetricUse): readonly string[] {
  const known = resources[resourceType];
  if (known === undefined) return [`${resourceType}: not among the published resources kept here`];
  const metric = known[use.metric];
  if (metric === undefined) return [`${resourceType} has no metric ${use.metric}`];
  const faults: string[] = [];
  if (!metric.aggregations.includes(use.aggregation))
    faults.push(`${use.metric} is not aggregated by ${use.aggregation}`);
  for (const dimension of use.dimensions)
    if (!metric.dimensions.includes(dimension)) faults.push(`${use.metric} has no dimension ${dimension}`);
  return faults;
}
