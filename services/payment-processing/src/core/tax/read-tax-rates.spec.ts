import { describe, expect, it } from '@jest/globals';
import { readTaxRates } from './read-tax-rates';

const row = {
  country: 'US',
  region: 'IL',
  category: 'standard',
  name: 'Amusement tax',
  percent: 9.975,
  from: '2024-01-01',
  until: '2030-01-01',
};

describe('the operator’s tax rates', () => {
  it('are read from JSON', () => {
    expect(readTaxRates(JSON.stringify([row]))).toEqual([row]);
    expect(readTaxRates('[]')).toEqual([]);
  });

  it.each(['', '{', '{}', 'null', '"rates"'])('are no list in %j', (text) => {
    expect(() => readTaxRates(text)).toThrow('not a list');
  });

  it.each([
    ['country', 'us', /row 1: country is not two capital letters/],
    ['country', undefined, /country/],
    ['region', 'Illinois', /region/],
    ['category', 'zero', /category/],
    ['name', '', /name/],
    ['percent', '9', /percent/],
    ['percent', -1, /percent/],
    ['percent', 100.1, /percent/],
    ['percent', 0.123456, /percent/],
    ['from', '2024-02-30', /from is not a day/],
    ['from', undefined, /from/],
    ['until', '2024-01-01', /until is not after from/],
    ['untill', '2030-01-01', /untill is not known/],
  ])('are refused where %s is %j', (member, value, fault) => {
    expect(() => readTaxRates(JSON.stringify([{ ...row, [member]: value }]))).toThrow(fault);
  });

  it('are refused with every fault at once', () => {
    expect(() => readTaxRates(JSON.stringify([row, { ...row, country: 1, percent: null }, 7]))).toThrow(
      /row 2: country .*, row 2: percent .*, row 3: not an object/,
    );
  });
});
