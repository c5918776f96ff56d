/** Why a document operation did not do what was asked; the names are those of Cosmos DB's status codes. */
export type DocumentFaultReason =
  | 'PreconditionFailed' // 412: another has written since; read again and decide again
  | 'Conflict' // 409: a document with that id exists
  | 'NotFound' // 404: no document to replace or delete
  | 'TooManyRequests' // 429: nothing was written; again after retryAfterMilliseconds
  | 'TooLarge' // 413: over the limits of a batch or a document
  | 'BadRequest' // 400: an id or a batch that no store would take
  | 'OutcomeUnknown'; // a time-out or a broken connection: written or not

export class DocumentFault extends Error {
  override readonly name = 'DocumentFault';
  constructor(
    readonly reason: DocumentFaultReason,
    detail: string,
    readonly retryAfterMilliseconds?: number,
    options?: ErrorOptions,
  ) {
    super(`${reason}: ${detail}`, options);
  }
}

export const isDocumentFault = (
  error: unknown,
  ...reasons: readonly DocumentFaultReason[]
): error is DocumentFault =>
  error instanceof DocumentFault && (reasons.length === 0 || reasons.includes(error.reason));
