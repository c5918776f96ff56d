import { describe, expect, it } from '@jest/globals';
import { instant } from './instant';
import { atLocalTime, isTimeZone, localTime, offsetTime } from './local-time';

describe('local time', () => {
  it.each([
    ['2027-01-15T19:30', 'Europe/Vienna', '2027-01-15T18:30:00.000Z'],
    ['2027-07-15T19:30', 'Europe/Vienna', '2027-07-15T17:30:00.000Z'],
    ['2027-07-15T19:30:45', 'Asia/Kathmandu', '2027-07-15T13:45:45.000Z'],
    ['2027-07-15T00:15', 'America/Los_Angeles', '2027-07-15T07:15:00.000Z'],
    ['2027-12-31T23:59', 'Pacific/Kiritimati', '2027-12-31T09:59:00.000Z'],
  ])('%s in %s is %s', (local, zone, expected) => {
    expect(atLocalTime(local, zone)).toBe(expected);
    expect(localTime(instant(expected), zone)).toBe(local.padEnd(19, ':00'));
  });

  it.each([
    ['2027-01-15T18:30:00.000Z', 'Europe/Vienna', '2027-01-15T19:30:00+01:00'],
    ['2027-07-15T17:30:00.999Z', 'Europe/Vienna', '2027-07-15T19:30:00+02:00'],
    ['2027-07-15T13:45:45.000Z', 'Asia/Kathmandu', '2027-07-15T19:30:45+05:45'],
    ['2027-07-15T01:00:00.000Z', 'America/St_Johns', '2027-07-14T22:30:00-02:30'],
    ['2027-01-15T18:30:00.000Z', 'UTC', '2027-01-15T18:30:00+00:00'],
  ])('%s in %s, with the offset, is %s', (at, zone, expected) => {
    expect(offsetTime(instant(at), zone)).toBe(expected);
  });

  it('takes the earlier of two moments that the clocks show alike', () => {
    expect(atLocalTime('2027-10-31T02:30', 'Europe/Vienna')).toBe('2027-10-31T00:30:00.000Z');
  });

  it('goes on by as much as the clocks jump over', () => {
    expect(atLocalTime('2027-03-28T02:30', 'Europe/Vienna')).toBe('2027-03-28T01:30:00.000Z');
  });

  it.each(['', '2027-02-30T10:00', '2027-01-01', '2027-01-01T25:00', 'tomorrow'])(
    'finds no moment in “%s”',
    (local) => {
      expect(atLocalTime(local, 'Europe/Vienna')).toBeUndefined();
    },
  );

  it('knows the zones of the IANA data', () => {
    expect(isTimeZone('America/Argentina/Buenos_Aires')).toBe(true);
    expect(isTimeZone('Middle-earth/Shire')).toBe(false);
  });
});
