import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  after,
  before,
  fromMilliseconds,
  inMilliseconds,
  instant,
  parseInstant,
  toMilliseconds,
} from './instant';

describe('an instant', () => {
  it.each([
    ['2027-03-01T19:30:00Z', '2027-03-01T19:30:00.000Z'],
    ['2027-03-01T19:30Z', '2027-03-01T19:30:00.000Z'],
    ['2027-03-01T19:30:00+01:00', '2027-03-01T18:30:00.000Z'],
    ['2027-03-01T19:30:00-0330', '2027-03-01T23:00:00.000Z'],
    ['2027-03-01T19:30:00.123456789Z', '2027-03-01T19:30:00.123Z'],
    ['2028-02-29T23:59:59Z', '2028-02-29T23:59:59.000Z'],
  ])('%s has one spelling, %s', (written, spelt) => {
    expect(parseInstant(written)).toBe(spelt);
  });

  it('is told apart from those asked for just before it', () => {
    const [noon, one] = [instant('2027-03-01T12:00:00Z'), instant('2027-03-01T13:00:00Z')];
    const moments = [noon, noon, one, noon, one, one];
    expect(moments.map(toMilliseconds).map(fromMilliseconds)).toEqual(moments);
    expect(moments.map(toMilliseconds)).toEqual(moments.map((at) => Date.parse(at)));
  });

  it.each([
    '',
    'soon',
    '2027-03-01',
    '2027-03-01T19:30:00',
    '2027-02-30T10:00:00Z',
    '2027-13-01T10:00:00Z',
    '2027-03-01T25:00:00Z',
    '2027-02-29T10:00Z',
    '+012027-03-01T19:30Z',
    '1 March 2027 19:30 UTC',
    '2027-03-01T19:30:00Z ',
  ])('“%s” names no moment', (written) => {
    expect(parseInstant(written)).toBeUndefined();
    expect(() => instant(written)).toThrow('not an instant');
  });

  it('sorts as time does', () => {
    const milliseconds = fc.integer({ min: 0, max: 253_402_300_799_999 });
    fc.assert(
      fc.property(
        milliseconds,
        milliseconds,
        (a, b) =>
          fromMilliseconds(a) < fromMilliseconds(b) === a < b && toMilliseconds(fromMilliseconds(a)) === a,
      ),
    );
  });

  it('moves by a length of time, there and back', () => {
    const at = instant('2026-12-31T23:59:30Z');
    expect(after(at, { seconds: 31 })).toBe('2027-01-01T00:00:01.000Z');
    expect(
      before(after(at, { days: 3, hours: 2, minutes: 1, seconds: 5, milliseconds: 7 }), {
        days: 3,
        hours: 2,
        minutes: 1,
        seconds: 5,
        milliseconds: 7,
      }),
    ).toBe(at);
    expect(inMilliseconds({ days: 1, hours: 1, minutes: 1, seconds: 1, milliseconds: 1 })).toBe(90_061_001);
  });
});
