import { describe, expect, it } from '@jest/globals';
import { csv, decimal } from './csv';

const lineOf = (...cells: Parameters<typeof csv>[1][number]): string =>
  Buffer.from(csv(['a'], [cells]))
    .toString()
    .split('\r\n')[1]!;

describe('a table for spreadsheets', () => {
  it.each([
    ['=1+1', `"'=1+1"`],
    ['+49 30', `"'+49 30"`],
    ['-2', `"'-2"`],
    ['@SUM(A1)', `"'@SUM(A1)"`],
    ['\t=1', `"'\t=1"`],
    [' =cmd|x', `"' =cmd|x"`],
    ['＝1', `"'＝1"`],
  ])('lets %j be no formula', (text, written) => {
    expect(lineOf(text)).toBe(written);
  });

  it('leaves text and amounts as they are, and quotes what would end a cell', () => {
    expect(lineOf('Winterreise', { amountMinor: -1250, currency: 'EUR' }, undefined, 'a "b", c')).toBe(
      'Winterreise,-12.50,,"a ""b"", c"',
    );
    expect(csv(['a', 'b'], []).subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
  });

  it.each([
    [5, 'EUR', '0.05'],
    [-5, 'EUR', '-0.05'],
    [1250, 'JPY', '1250'],
    [1, 'KWD', '0.001'],
    [0, 'EUR', '0.00'],
  ])('writes %s of %s as %s', (amountMinor, currency, written) => {
    expect(decimal({ amountMinor, currency })).toBe(written);
  });
});
