import { describe, expect, it } from '@jest/globals';
import type { Operation } from './container';
import { DocumentFault, isDocumentFault } from './faults';
import { checkLimits, checkSize } from './limits';

const of = (...ids: readonly string[]): readonly Operation[] => ids.map((id) => ({ kind: 'delete', id }));
const reasonOf = (check: () => void): string => {
  try {
    check();
    return 'fine';
  } catch (error) {
    return error instanceof DocumentFault ? error.reason : String(error);
  }
};

describe('the limits of a batch', () => {
  it.each([
    ['no operation', of(), 'BadRequest'],
    ['one', of('a'), 'fine'],
    ['a hundred', of(...Array.from({ length: 100 }, (_, at) => `d-${at}`)), 'fine'],
    ['a hundred and one', of(...Array.from({ length: 101 }, (_, at) => `d-${at}`)), 'TooLarge'],
    ['an id without characters', of('a', ''), 'BadRequest'],
    ['an id of 255 characters', of('x'.repeat(255)), 'fine'],
    ['an id of 256 characters', of('x'.repeat(256)), 'BadRequest'],
    ['a slash', of('a/b'), 'BadRequest'],
    ['a backslash', of('a\\b'), 'BadRequest'],
    ['a question mark', of('a?'), 'BadRequest'],
    ['a hash', of('#a'), 'BadRequest'],
  ])('with %s: %#', (_, operations, expected) => {
    expect(reasonOf(() => checkLimits(operations))).toBe(expected);
  });

  it('are 2 MB', () => {
    expect(reasonOf(() => checkSize(2 * 1024 * 1024))).toBe('fine');
    expect(reasonOf(() => checkSize(2 * 1024 * 1024 + 1))).toBe('TooLarge');
  });
});

describe('a document fault', () => {
  it('is told from others, and by its reason', () => {
    const fault = new DocumentFault('TooManyRequests', 'wait', 50);
    expect(fault.message).toBe('TooManyRequests: wait');
    expect(fault.retryAfterMilliseconds).toBe(50);
    expect([
      isDocumentFault(fault),
      isDocumentFault(fault, 'Conflict', 'TooManyRequests'),
      isDocumentFault(fault, 'Conflict'),
      isDocumentFault(new Error('x')),
    ]).toEqual([true, true, false, false]);
  });
});
