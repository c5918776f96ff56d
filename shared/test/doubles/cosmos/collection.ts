import { feedCharge, queryCharge } from './charges';
import { Documents, type Json, type Version } from './documents';
import { Refused } from './refused';

export interface Page {
  readonly documents: readonly Json[];
  readonly continuation?: string;
  readonly charge: number;
}

/** A container: its definition, its documents on two physical partitions, and what may be asked of them. */
export class Collection {
  readonly documents: Documents;
  /** Replicas then answer as before the last write, unless the request's session token has seen that write. */
  lagging = false;
  /** A page of the query holds no more than this, whatever was asked: pages come short. */
  largestPage = 1000;

  constructor(
    readonly definition: Json,
    readonly rid: string,
    nowSeconds: () => number,
  ) {
    const ttl = definition['defaultTtl'];
    this.documents = new Documents(typeof ttl === 'number' ? ttl : undefined, nowSeconds);
  }

  readonly ranges = [
    { id: '0', minInclusive: '', maxExclusive: '80' },
    { id: '1', minInclusive: '80', maxExclusive: 'FF' },
  ].map((range) => ({ ...range, _rid: `range${range.id}`, status: 'online', parents: [] as string[] }));

  rangeOf(partition: string): string {
    let sum = 0;
    for (const character of partition) sum = (sum * 31 + character.charCodeAt(0)) % 65_521;
    return String(sum % 2);
  }

  /** As this session may see it. */
  seen(version: Version | undefined, session: string | undefined): Version | undefined {
    if (version === undefined) return undefined;
    const behind = this.lagging && seenUpTo(session, this.rangeOf(version.partition)) < version.lsn;
    return this.documents.alive(behind ? version.before : version);
  }

  read(partition: string, id: string, session: string | undefined): Version | undefined {
    return this.seen(this.documents.latest(partition, id), session);
  }

  /** The one shape of query there is: a range of ids in one partition, ascending. */
  query(
    text: string,
    parameters: Parameters,
    partition: string,
    session: string | undefined,
    page: PageRequest,
  ): Page {
    const shape =
      /^SELECT \* FROM c(?: WHERE (c\.id >= @from)?(?: AND )?(c\.id < @to)?)? ORDER BY c\.id$/.exec(text);
    if (shape === null) throw new Refused(400, `a query that this double does not know: ${text}`);
    const bound = (name: string, used: string | undefined): string | undefined =>
      used === undefined ? undefined : String(parameters.find((one) => one.name === name)?.value);
    const [from, to] = [bound('@from', shape[1]), bound('@to', shape[2])];
    const found = this.documents
      .all()
      .filter((version) => version.partition === partition)
      .filter(({ id }) => (from === undefined || id >= from) && (to === undefined || id < to))
      .flatMap((version) => this.seen(version, session) ?? [])
      .sort((a, b) => (a.id < b.id ? -1 : 1));
    const start = page.continuation === undefined ? 0 : Number(page.continuation);
    const end = start + Math.min(page.size ?? 100, this.largestPage);
    const part = found.slice(start, end);
    return {
      documents: part.map(({ document = {} }) => document),
      charge: queryCharge(part.map(({ bytes }) => bytes)),
      ...(end < found.length && { continuation: String(end) }),
    };
  }

  /** The latest version of what one range's log holds after `lsn`; a batch stays together, however small the page. */
  changes(range: string, lsn: number, size: number): { documents: Json[]; lsn: number; charge: number } {
    const changed = this.documents
      .all()
      .filter((version) => version.lsn > lsn && this.rangeOf(version.partition) === range)
      .sort((a, b) => a.lsn - b.lsn || a.place - b.place);
    const last = changed[Math.min(size, changed.length) - 1]?.lsn;
    const page = changed.filter((version) => last !== undefined && version.lsn <= last);
    return {
      documents: page.map(({ document, lsn: _lsn }) => ({ ...document, _lsn })),
      lsn: last ?? lsn,
      charge: feedCharge(page.map(({ bytes }) => bytes)),
    };
  }
}

export type Parameters = readonly { readonly name: string; readonly value: unknown }[];

export interface PageRequest {
  readonly size: number | undefined;
  readonly continuation: string | undefined;
}

/** `0:-1#12,1:-1#9` → 9 for range 1. */
function seenUpTo(session: string | undefined, range: string): number {
  const own = session?.split(',').find((part) => part.startsWith(`${range}:`));
  return own === undefined ? 0 : Number(own.split('#')[1]);
}
