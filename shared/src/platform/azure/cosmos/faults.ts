import { DocumentFault } from '../../../documents';
import type { Answer } from './answers';

/** What a status means to the caller; undefined where it is no business of theirs: wrong settings, no permission. */
export function faultOf(
  status: number | undefined,
  detail: string,
  more: { fenced: boolean } & Answer & ErrorOptions,
): unknown {
  const fault = (reason: DocumentFault['reason'], retryAfter?: number): DocumentFault =>
    new DocumentFault(reason, detail, retryAfter, 'cause' in more ? { cause: more.cause } : undefined);
  switch (status) {
    case 400:
      return fault('BadRequest');
    case 404:
      // 1002: no replica within reach has caught up with this session. Of a write that means: not done.
      return more.substatus === 1002 ? fault('TooManyRequests', catchingUp) : fault('NotFound');
    case 409:
      return fault('Conflict');
    case 412:
      return fault('PreconditionFailed');
    case 413:
      return fault('TooLarge');
    case 429:
      return fault('TooManyRequests', more.retryAfterMilliseconds);
    case 449:
      // Two writes met inside the store, and this one was not done. Without an etag there is nothing to read again.
      return more.fenced ? fault('PreconditionFailed') : fault('TooManyRequests', catchingUp);
    case undefined: // no connection, a broken one, or time is up
    case 408:
    case 410: // the replica moved while it was asked
    case 500:
    case 502:
    case 503:
    case 504:
      return fault('OutcomeUnknown');
    default:
      return undefined;
  }
}

const catchingUp = 10;
