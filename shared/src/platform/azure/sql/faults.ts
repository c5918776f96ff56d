import { SqlFault } from '../../../sql';

// 2627: a primary key or unique constraint; 2601: a unique index.
const uniqueViolations = new Set([2627, 2601]);

/**
 * Worth another try. 1205: chosen as the deadlock's victim. The others: learn.microsoft.com/azure/azure-sql/database/
 * troubleshoot-common-errors-issues, errors of reconfiguration, of limits that are met for a moment, and of networks.
 */
const transientNumbers = new Set([
  ...[1205, 615, 926, 4060, 4221, 10928, 10929, 40197, 40501, 40613, 49918, 49919, 49920],
  ...[20, 64, 121, 233, 10053, 10054, 10060],
]);

/** The connection was not made, or broke. */
const brokenCodes = new Set([
  'ECONNRESET',
  'ESOCKET',
  'ECLOSE',
  'ECONNCLOSED',
  'EINVALIDSTATE',
  'ENOTOPEN',
  'EINSTLOOKUP',
]);

/** Nothing was sent: the connection had gone before, or the server had given the transaction up. */
const unsentCodes = new Set(['EINVALIDSTATE', 'ECONNCLOSED', 'ENOTOPEN', 'EABORT', 'ENOTBEGUN']);

/** What a statement failed with, in the words of the port; what is not foreseen stays as it is. */
export function asSqlFault(error: unknown): unknown {
  const number = numberOf(error);
  const fault = (reason: SqlFault['reason']): SqlFault =>
    new SqlFault(reason, messageOf(error), { cause: error });
  if (number !== undefined && uniqueViolations.has(number)) return fault('UniqueViolation');
  if (number !== undefined && transientNumbers.has(number)) return fault('Transient');
  const code = codeOf(error);
  if (number === undefined && (brokenCodes.has(code) || code === 'EABORT' || code === 'ETIMEOUT'))
    return fault('Transient');
  if (isPoolTimeout(error)) return fault('Transient');
  return error;
}

/** What a commit failed with: refused by the server or never sent, it did not happen; else nobody knows. */
export function asCommitFault(error: unknown): unknown {
  if (unsentCodes.has(codeOf(error))) return new SqlFault('Transient', messageOf(error), { cause: error });
  if (numberOf(error) !== undefined) return asSqlFault(error);
  return new SqlFault('OutcomeUnknown', messageOf(error), { cause: error });
}

/** What took too long has had its time: the others may pass by themselves. */
export const worthAnotherTry = (error: unknown): boolean =>
  error instanceof SqlFault &&
  error.reason === 'Transient' &&
  codeOf(error.cause) !== 'ETIMEOUT' &&
  !isPoolTimeout(error.cause);

/** No connection came free. The pool's error has nothing to tell it by but its text, which the driver begins so. */
const isPoolTimeout = (error: unknown): boolean =>
  messageOf(error).startsWith('Failed to acquire a connection from the pool');

/** The server's error number, wherever the driver has put it. */
function numberOf(error: unknown): number | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('number' in error && typeof error.number === 'number') return error.number;
  return 'originalError' in error ? numberOf(error.originalError) : undefined;
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
