import { describe, expect, it } from '@jest/globals';
import { readBic, readIban } from './iban';

describe('an IBAN', () => {
  it.each([
    'DE89 3704 0044 0532 0130 00',
    'gb82west12345698765432',
    'AT611904300234573201',
    'NO9386011117947',
  ])('is read without its spaces: %s', (text) => {
    expect(readIban(text)).toBe(text.replaceAll(' ', '').toUpperCase());
  });

  it.each([
    'DE89370400440532013001',
    'DE98370400440532013000',
    'DE89',
    '',
    'DE8937040044053201300!',
    '0089370400440532013000',
  ])('is refused where its check digits do not fit: %s', (text) => {
    expect(() => readIban(text)).toThrow(/IBAN/);
  });
});

describe('a BIC', () => {
  it.each(['COBADEFFXXX', 'cobadeff'])('is read: %s', (text) => {
    expect(readBic(text)).toBe(text.toUpperCase());
  });
  it.each(['COBADEF', 'COBADEFFXX', 'COBA12FF'])('is refused: %s', (text) => {
    expect(() => readBic(text)).toThrow(/BIC/);
  });
});
