import { describe, expect, it } from '@jest/globals';
import { inspect } from './read-object';
import {
  AsBoolean,
  IsCurrency,
  IsId,
  IsInstant,
  IsMinorUnits,
  IsPlainText,
  IsSlug,
  IsTimeZone,
} from './validators';

function guarded(decorate: PropertyDecorator): (value: unknown) => unknown {
  class Guarded {
    value!: unknown;
  }
  decorate(Guarded.prototype, 'value');
  return (value) => {
    const { instance, faults } = inspect(Guarded, { value });
    return faults.length > 0 ? faults.map(({ code }) => code).join() : instance?.value;
  };
}

const table: Readonly<
  Record<
    string,
    { decorate: PropertyDecorator; code: string; takes: readonly unknown[]; refuses: readonly unknown[] }
  >
> = {
  IsId: {
    decorate: IsId(),
    code: 'isId',
    takes: ['01jv0h5c9n3yq8t6w2b4d7f1ga'],
    refuses: [
      '01JV0H5C9N3YQ8T6W2B4D7F1GA',
      '01jv0h5c9n3yq8t6w2b4d7f1g',
      '01jv0h5c9n3yq8t6w2b4d7f1gai',
      '01jv0h5c9n3yq8t6w2b4d7f1gu\n',
      'ilou'.repeat(7),
      1,
      null,
      undefined,
      '',
    ],
  },
  IsInstant: {
    decorate: IsInstant(),
    code: 'isInstant',
    takes: ['2027-03-01T19:30:00.000Z'],
    refuses: [
      '2027-03-01',
      '2027-03-01T19:30:00',
      '2027-02-30T00:00:00Z',
      '2027-04-31T00:00:00Z',
      '2027-13-01T00:00:00Z',
      '2027-03-01T25:00:00Z',
      'tomorrow',
      1804032000000,
      {},
    ],
  },
  IsCurrency: {
    decorate: IsCurrency(),
    code: 'isCurrency',
    takes: ['EUR', 'JPY', 'KWD'],
    refuses: ['eur', 'EURO', 'ZZZ', '', 978],
  },
  IsMinorUnits: {
    decorate: IsMinorUnits(5000),
    code: 'isMinorUnits',
    takes: [0, 1, 5000],
    refuses: [-1, 5001, 1.5, '100', NaN, Infinity, true, [100]],
  },
  IsTimeZone: {
    decorate: IsTimeZone(),
    code: 'isTimeZone',
    takes: ['Europe/Vienna', 'America/Argentina/Buenos_Aires', 'Asia/Kolkata', 'UTC', 'Etc/GMT+1'],
    refuses: ['Europe/Nowhere', 'europe/vienna', '+01:00', 'CEST', '', 1],
  },
  IsSlug: {
    decorate: IsSlug(),
    code: 'isSlug',
    takes: ['a', 'night-of-the-proms-2027'],
    refuses: ['', '-a', 'a-', 'a--b', 'A', 'é', 'a_b', 'a'.repeat(81), 5],
  },
  IsPlainText: {
    decorate: IsPlainText(10),
    code: 'isPlainText',
    takes: ['Žluťoučký', '日本語', '🎻🎻🎻🎻🎻🎻🎻🎻🎻🎻', '<b>bold</b>'.slice(0, 10), '=1+1'],
    refuses: [
      '',
      '   ',
      'eleven char',
      '🎻'.repeat(11),
      'a\nb',
      'a\u0000b',
      'a\u001bb',
      'left\u202eright'.slice(0, 10),
      'a\u2066b',
      '\ud800',
      'a\u2028b',
      5,
      ['a'],
    ],
  },
};

describe.each(Object.entries(table))('%s', (_, { decorate, code, takes, refuses }) => {
  const read = guarded(decorate);
  it.each(takes.map((value) => [value]))('takes %j', (value) => expect(read(value)).toEqual(value));
  it.each(refuses.map((value) => [value]))('refuses %j', (value) => expect(read(value)).toBe(code));
});

describe('what a handler receives', () => {
  it('is an instant in its one spelling', () => {
    const read = guarded(IsInstant());
    expect(read('2027-03-01T19:30+01:00')).toBe('2027-03-01T18:30:00.000Z');
    expect(read('2028-02-29T00:00:00-0500')).toBe('2028-02-29T05:00:00.000Z');
  });

  it('is text that is trimmed and composed, with line breaks where they are allowed', () => {
    expect(guarded(IsPlainText(10))('  Zoe\u0308 ')).toBe('Zoë');
    const lines = guarded(IsPlainText(20, { lines: true, least: 0 }));
    expect(lines('one\r\ntwo\rthree')).toBe('one\ntwo\nthree');
    expect(lines('')).toBe('');
  });

  it('is a yes or a no where a query says so in words', () => {
    const read = guarded((target, property) => {
      AsBoolean()(target, property);
      IsPlainText(5)(target, property);
    });
    expect(read('true')).toBe('isPlainText');
    expect(read('yes')).toBe('yes');
  });
});
