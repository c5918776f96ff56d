import { Problem } from './problem';

/** A version → the value of an `ETag` header. */
export const etag = (version: string | number): string => `"${version}"`;

const oneTag = /^(W\/)?"([\x21\x23-\x7E\x80-\xFF]*)"$/;

/**
 * `If-Match` → the version it names. One strong etag is what an edit needs: a weak one never matches here (RFC 9110 13.1.1
 * compares strongly), and `*` or a list would let an edit through that has not seen the version it overwrites.
 * Throws a Problem: 428, 400, 412.
 */
export function readIfMatch(header: string | undefined): string {
  if (header === undefined || header === '') {
    throw new Problem(
      428,
      'if-match-required',
      'Send an If-Match header with the ETag of the version that you are changing.',
    );
  }
  const [, weak, version] = oneTag.exec(header.trim()) ?? [];
  if (version === undefined || version === '') {
    throw new Problem(
      400,
      'if-match-malformed',
      'If-Match takes one ETag here, in its quotes, as it was answered: no list, no *.',
    );
  }
  if (weak !== undefined) throw new Problem(412, 'precondition-failed', 'A weak ETag matches no version.');
  return version;
}

/** Whether `If-None-Match` names the etag at hand; compared weakly (RFC 9110 13.1.2), for reads. */
export function isNotModified(ifNoneMatch: string | undefined, current: string | undefined): boolean {
  if (ifNoneMatch === undefined || current === undefined) return false;
  if (ifNoneMatch.trim() === '*') return true;
  const opaque = (tag: string) => tag.trim().replace(/^W\//, '');
  return ifNoneMatch.split(',').some((tag) => opaque(tag) === opaque(current));
}
