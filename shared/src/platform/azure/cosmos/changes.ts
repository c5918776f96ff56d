import type { ChangeFeedIteratorOptions, ChangeFeedPullModelIterator, Container } from '@azure/cosmos' with {
  'resolution-mode': 'import',
};
import type { Changes } from '../../../documents';
import { storedFrom, type CosmosDocument } from './document';

type Iterator = ChangeFeedPullModelIterator<CosmosDocument>;

/** Where a reader is: behind the SDK's token, and behind those documents of its page that it was given already. */
interface Place {
  readonly token?: string;
  readonly given?: readonly string[];
}

/** Pages through the change feed of the whole container: the latest version of what changed, range by range. */
export class ChangeReader {
  /** Goes on from its own last page without looking the container and its ranges up again. */
  private last: { readonly token: string; readonly limit: number; readonly iterator: Iterator } | undefined;

  async page(container: Container, continuation: string | undefined, limit: number): Promise<Changes> {
    const { token, given = [] } = continuation === undefined ? {} : (JSON.parse(continuation) as Place);
    const { result, continuationToken } = await this.read(container, token, limit);
    const fresh = result.filter(({ _etag: etag }) => !given.includes(etag));
    if (fresh.length === 0 && result.length > 0)
      return this.page(container, placed({ token: continuationToken }), limit);
    // What one batch wrote comes in one page, however small a page was asked for.
    const documents = fresh.slice(0, limit);
    const etags = documents.map(({ _etag: etag }) => etag);
    const partly: Place = { ...(token !== undefined && { token }), given: [...given, ...etags] };
    const next = documents.length < fresh.length ? partly : { token: continuationToken };
    return { documents: documents.map(storedFrom), continuation: placed(next) };
  }

  private async read(
    container: Container,
    token: string | undefined,
    limit: number,
  ): Promise<{ result: CosmosDocument[]; continuationToken: string }> {
    const { last } = this;
    this.last = undefined; // an iterator serves one page at a time, and after a failure none
    const goesOn = last !== undefined && last.token === token && last.limit === limit;
    const iterator = goesOn ? last.iterator : await open(container, token, limit);
    const page = await iterator.readNext();
    this.last = { token: page.continuationToken, limit, iterator };
    return page;
  }
}

async function open(container: Container, token: string | undefined, limit: number): Promise<Iterator> {
  const { ChangeFeedStartFrom } = await import('@azure/cosmos');
  // What Beginning() and Continuation() make has no type in common but this.
  const start: unknown =
    token === undefined ? ChangeFeedStartFrom.Beginning() : ChangeFeedStartFrom.Continuation(token);
  return container.items.getChangeFeedIterator<CosmosDocument>({
    changeFeedStartFrom: start as NonNullable<ChangeFeedIteratorOptions['changeFeedStartFrom']>,
    maxItemCount: limit,
  });
}

const placed = (place: Place): string => JSON.stringify(place);
