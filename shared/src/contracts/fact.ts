import type { Instant } from '../kernel';
import { UnreadableMessage, type Envelope } from './envelope';
import type { ServiceName } from './services';

/** One version of one integration event: what it is called, who says it, and a frozen sample of it. */
export interface Fact<Data extends object> {
  readonly type: string;
  readonly source: ServiceName;
  readonly sample: Data;
  /** `id` must be the same when the same fact is announced again. */
  announce(id: string, subject: string, time: Instant, data: Data, traceparent?: string): Envelope<Data>;
  is(envelope: Envelope): boolean;
  /** The data of an envelope of this type; throws UnreadableMessage naming each place that is not as in the sample. */
  read(envelope: Envelope): Data;
}

/**
 * The sample is the contract: whatever is read must have each of its members with the same JSON type. Members that
 * are absent from the sample are optional. Once a version has been published its sample never changes.
 */
export function fact<Data extends object>(
  source: ServiceName,
  name: string,
  version: number,
  sample: Data,
): Fact<Data> {
  const type = `boxoffice.${name}.v${version}`;
  return {
    type,
    source,
    sample,
    announce: (id, subject, time, data, traceparent) => ({
      specversion: '1.0',
      id,
      source: `/boxoffice/${source}`,
      type,
      subject,
      time,
      datacontenttype: 'application/json',
      ...(traceparent === undefined ? {} : { traceparent }),
      data,
    }),
    is: (envelope) => envelope.type === type,
    read(envelope) {
      if (envelope.type !== type) throw new UnreadableMessage(`${envelope.type} is not ${type}`);
      const faults = differences(sample, envelope.data, 'data');
      if (faults.length > 0) throw new UnreadableMessage(`${type} ${envelope.id}: ${faults.join('; ')}`);
      return envelope.data as Data;
    },
  };
}

function differences(sample: unknown, value: unknown, path: string): string[] {
  const expected = jsonType(sample);
  if (jsonType(value) !== expected) return [`${path} is ${jsonType(value)}, not ${expected}`];
  if (Array.isArray(sample)) {
    return sample.length === 0
      ? []
      : (value as unknown[]).flatMap((item, i) => differences(sample[0], item, `${path}[${i}]`));
  }
  if (expected !== 'object') return [];
  return Object.entries(sample as object).flatMap(([member, expectedMember]) =>
    differences(expectedMember, (value as Record<string, unknown>)[member], `${path}.${member}`),
  );
}

function jsonType(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : value === undefined ? 'missing' : typeof value;
}
