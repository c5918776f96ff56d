import { describe, expect, it } from '@jest/globals';
import { etag, readIfMatch } from './preconditions';

describe('If-Match', () => {
  it.each([etag(3), etag('a-b_c'), ' "3" '])('takes %s', (header) =>
    expect(readIfMatch(header)).toBe(header.trim().slice(1, -1)),
  );

  it.each([
    [undefined, 428, 'if-match-required'],
    ['', 428, 'if-match-required'],
    ['3', 400, 'if-match-malformed'],
    ['""', 400, 'if-match-malformed'],
    ['"3', 400, 'if-match-malformed'],
    ['"3","4"', 400, 'if-match-malformed'],
    ['"a b"', 400, 'if-match-malformed'],
    ['*', 400, 'if-match-malformed'],
    ['w/"3"', 400, 'if-match-malformed'],
    ['W/"3"', 412, 'precondition-failed'],
  ])('answers %j with %d %s', (header, status, code) => {
    expect(() => readIfMatch(header)).toThrow(expect.objectContaining({ status, code }));
  });
});
