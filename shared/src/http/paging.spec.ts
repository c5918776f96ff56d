import { describe, expect, it } from '@jest/globals';
import { decodeCursor, encodeCursor, page } from './paging';

const events = ['a', 'b', 'c'].map((id, i) => ({ id, startsAt: `2027-01-0${i + 1}` }));

describe('a page', () => {
  it('has a cursor to the next as long as there is one', () => {
    const first = page(events, 2, (last) => [last.startsAt, last.id]);
    expect(first.items).toEqual(events.slice(0, 2));
    expect(decodeCursor(first.nextCursor, '', '')).toEqual(['2027-01-02', 'b']);
    expect(page(events.slice(2), 2, (last) => [last.id])).toEqual({ items: events.slice(2) });
    expect(page(events, 3, (last) => [last.id])).toEqual({ items: events });
    expect(page([], 2, () => ['never'])).toEqual({ items: [] });
  });

  it('begins at the beginning without a cursor', () => {
    expect(decodeCursor(undefined, '')).toBeUndefined();
  });

  it.each([
    ['nothing', ''],
    ['no base64', '%%%'],
    ['no JSON', Buffer.from('["a"').toString('base64url')],
    ['no list', Buffer.from('"a"').toString('base64url')],
    ['too few values', encodeCursor(['a'])],
    ['too many values', encodeCursor(['a', 1, 'b'])],
    ['values of other types', encodeCursor([1, 'a'])],
    ['another spelling', `${encodeCursor(['a', 1])}=`],
    ['white space inside', Buffer.from('[ "a", 1]').toString('base64url')],
  ])('refuses a cursor with %s', (_, cursor) => {
    expect(() => decodeCursor(cursor, '', 0)).toThrow(
      expect.objectContaining({ status: 400, code: 'invalid-request' }),
    );
    expect(decodeCursor(encodeCursor(['a', 1]), '', 0)).toEqual(['a', 1]);
  });
});
