import { describe, expect, it } from '@jest/globals';
import { numberIn, prefix, seriesOf } from './number';

const seller = { name: 'Saal GmbH', address: 'Wien', country: 'AT', vatId: 'ATU12345675' };

describe('the number of a paper', () => {
  it('counts within its series', () => {
    expect(numberIn('INV-7Q2K4M1A', 123)).toBe('INV-7Q2K4M1A-000123');
    expect(numberIn('INV-7Q2K4M1A', 1_234_567)).toBe('INV-7Q2K4M1A-1234567');
  });

  it('is of one series for an organiser and a seller, whatever address or name they have meanwhile', () => {
    const series = seriesOf('INV-', 'olivia', seller);
    expect(series).toMatch(/^INV-[0-9A-HJKMNP-TV-Z]{8}$/);
    expect(seriesOf('INV-', 'olivia', { ...seller, name: 'Saal AG', address: 'Graz' })).toBe(series);
  });

  it.each([
    ['another organiser', seriesOf('INV-', 'oscar', seller)],
    ['another seller', seriesOf('INV-', 'olivia', { ...seller, vatId: 'ATU00000024' })],
    ['a seller without a tax number', seriesOf('INV-', 'olivia', { name: 'Saal GmbH' })],
    ['another prefix', seriesOf('2028-', 'olivia', seller)],
  ])('is of another series for %s', (_, series) => {
    expect(series).not.toBe(seriesOf('INV-', 'olivia', seller));
  });

  it.each(['', 'Ä', 'A/', '../', 'x'.repeat(21), 'a b'])('does not begin with %j', (text) => {
    expect(() => prefix(text)).toThrow('letters, digits and hyphens');
  });
});
