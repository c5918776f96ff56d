import { describe, expect, it } from '@jest/globals';
import { referenceOf, referencesIn, spelt } from './creditor-reference';

const ours = referenceOf('01jv0h5c9n3yq8t6w2b4d7f1ga');

describe('a creditor reference', () => {
  it('has the check digits of ISO 11649', () => {
    // The example of the standard.
    expect(referenceOf('00000000000000539007547034')).toBe('RF18539007547034');
    expect(spelt('RF18539007547034')).toBe('RF18 5390 0754 7034');
    expect(ours).toMatch(/^RF\d{2}T6W2B4D7F1GA$/);
  });

  it.each([
    (reference: string) => reference,
    (reference: string) => spelt(reference).toLowerCase(),
    (reference: string) => `Tickets for Ada, ref: ${spelt(reference)} thank you!`,
    (reference: string) => `NOTPROVIDED${reference}RF`,
    (reference: string) => reference.replace(/(.{5})/g, '$1-\n'),
    (reference: string) => `RF00RF1${reference}`,
    (reference: string) => `RF99ABCDEFGH${reference}`,
  ])('is found in what people write, whatever stands around it', (write) => {
    expect(referencesIn(write(ours))).toEqual([ours]);
    expect(referencesIn(write('RF18539007547034'))).toEqual(['RF18539007547034']);
  });

  it('is found where letters were meant as digits', () => {
    expect(referencesIn('RF18 539O O754 7O34')).toEqual(['RF18539007547034']);
  });

  it('is none with one digit or one letter wrong, or two of a kind changed over', () => {
    const kind = (character = '') => (/\d/.test(character) ? 'digit' : 'letter');
    for (let at = 2; at < ours.length; at++) {
      for (const other of '0123456789ABCDEFGHJKMNPQRSTVWXYZ') {
        if (other === ours[at] || kind(other) !== kind(ours[at])) continue;
        expect(referencesIn(ours.slice(0, at) + other + ours.slice(at + 1))).toEqual([]);
      }
      const swapped = ours.slice(0, at) + (ours[at + 1] ?? '') + (ours[at] ?? '') + ours.slice(at + 2);
      if (swapped !== ours && at + 1 < ours.length && kind(ours[at]) === kind(ours[at + 1]))
        expect(referencesIn(swapped)).toEqual([]);
    }
  });

  it('stands there as often as it does, and is told once', () => {
    expect(referencesIn(`${ours} ${ours} RF18539007547034`)).toEqual([ours, 'RF18539007547034']);
    expect(referencesIn('')).toEqual([]);
  });
});
