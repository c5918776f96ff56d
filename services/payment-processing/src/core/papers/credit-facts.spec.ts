import { describe, expect, it } from '@jest/globals';
import type { IssuedPaper } from '@boxoffice/shared/contracts';
import { instant, money } from '@boxoffice/shared/kernel';
import fc from 'fast-check';
import { creditFacts } from './credit-facts';
import { invoiceOver } from './invoice.sample';

const now = instant('2027-02-01T10:00:00Z');
const eur = (amountMinor: number) => money(amountMinor, 'EUR');

/** Through the gateway, and to gift cards. */
const back = (amount: number, toCards = 0) => ({ amount: eur(amount), toCards: eur(toCards) });

/** The credit notes of refunds that follow each other. */
function notesOf(invoice: IssuedPaper, refunds: readonly number[]): readonly IssuedPaper[] {
  const { currency } = invoice.total;
  return refunds.reduce<readonly IssuedPaper[]>((earlier, amount, i) => {
    const facts = creditFacts(
      invoice,
      earlier,
      { amount: money(amount, currency), toCards: money(0, currency) },
      now,
    );
    return facts ? [...earlier, { ...facts, number: `CN-${i}` }] : earlier;
  }, []);
}
const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

describe('a credit note', () => {
  it('over the whole invoice says what the invoice says', () => {
    const invoice = invoiceOver([{ gross: 9600, tax: 1600, basisPoints: 2000 }]);
    expect(creditFacts(invoice, [], back(9600), now)).toMatchObject({
      kind: 'credit-note',
      lines: invoice.lines,
      taxes: invoice.taxes,
      total: invoice.total,
      corrects: { number: invoice.number, issuedAt: invoice.issuedAt },
    });
  });

  it('is over what goes back to gift cards, too, and never over more than is left', () => {
    const invoice = invoiceOver([{ gross: 9600, tax: 1600, basisPoints: 2000 }]);
    expect(creditFacts(invoice, [], back(3600, 6000), now)).toMatchObject({
      total: eur(9600),
      paid: eur(3600),
    });
    expect(creditFacts(invoice, [], back(0, 9700), now)).toMatchObject({ total: eur(9600), paid: eur(0) });
  });

  it('over a part takes each tax in proportion', () => {
    const invoice = invoiceOver([
      { gross: 6000, tax: 1000, basisPoints: 2000 },
      { gross: 4000, tax: 364, basisPoints: 1000 },
    ]);
    const note = creditFacts(invoice, [], back(5000), now)!;
    expect(note).toMatchObject({
      lines: [{ name: '', net: eur(4318), tax: eur(682), gross: eur(5000) }],
      net: eur(4318),
      total: eur(5000),
      giftCards: [],
    });
    expect(note.taxes.map(({ net, tax }) => [net.amountMinor, tax.amountMinor])).toEqual([
      [2500, 500],
      [1818, 182],
    ]);
  });

  it('corrects as much of the tax that the recipient owes as of what it is reckoned on', () => {
    const plain = invoiceOver([{ gross: 10_000, tax: 0, basisPoints: 2000 }]);
    const owed = { ...plain.taxes[0]!, tax: eur(2000), reverseCharge: true as const };
    const note = creditFacts({ ...plain, taxes: [owed] }, [], back(2500), now)!;
    expect(note).toMatchObject({
      net: eur(2500),
      total: eur(2500),
      taxes: [{ net: eur(2500), tax: eur(500) }],
    });
  });

  it('has two taxes on one base each reckoned on it', () => {
    const plain = invoiceOver([{ gross: 11_498, tax: 1498, basisPoints: 500 }]);
    const taxes = [
      { name: 'GST', basisPoints: 500, net: eur(10_000), tax: eur(500) },
      { name: 'QST', basisPoints: 997.5, net: eur(10_000), tax: eur(998) },
    ];
    const note = creditFacts({ ...plain, taxes }, [], back(5749), now)!;
    expect(note).toMatchObject({ net: eur(5000), taxes: [{ net: eur(5000) }, { net: eur(5000) }] });
    expect(sum(note.taxes.map(({ tax }) => tax.amountMinor))).toBe(749);
  });

  it('is not there where nothing is left to correct, and never corrects more than there was', () => {
    const invoice = invoiceOver([{ gross: 9600, tax: 1600, basisPoints: 2000 }]);
    const notes = notesOf(invoice, [9000, 9000, 1]);
    expect(notes.map(({ total }) => total.amountMinor)).toEqual([9000, 600]);
  });

  it('adds up with the others: no tax is ever below zero, and all of them cancel the invoice to the minor unit', () => {
    const line = fc.record({
      gross: fc.integer({ min: 0, max: 500_000 }),
      basisPoints: fc.constantFrom(0, 500, 700, 1000, 1900, 2550),
    });
    const lines = fc.array(line, { minLength: 1, maxLength: 5 }).map((all) =>
      all.map(({ gross, basisPoints }) => ({
        gross,
        basisPoints,
        tax: gross - Math.round((gross * 10_000) / (10_000 + basisPoints)),
      })),
    );
    fc.assert(
      fc.property(
        lines,
        fc.array(fc.integer({ min: 1, max: 300_000 }), { maxLength: 6 }),
        (sold, refunds) => {
          const invoice = invoiceOver(sold);
          const notes = notesOf(invoice, [...refunds, invoice.total.amountMinor]);
          for (const note of notes) {
            const charged = sum(note.taxes.map(({ tax }) => tax.amountMinor));
            expect(note.net.amountMinor + charged).toBe(note.total.amountMinor);
            expect(sum(note.lines.map(({ gross }) => gross.amountMinor))).toBe(note.total.amountMinor);
            expect(
              Math.min(note.net.amountMinor, ...note.taxes.map(({ tax }) => tax.amountMinor)),
            ).toBeGreaterThanOrEqual(0);
          }
          const corrected = (of: (paper: IssuedPaper) => number) => sum(notes.map(of));
          expect(corrected(({ total }) => total.amountMinor)).toBe(invoice.total.amountMinor);
          expect(corrected(({ net }) => net.amountMinor)).toBe(invoice.net.amountMinor);
          invoice.taxes.forEach((tax, i) => {
            expect(corrected(({ taxes }) => taxes[i]!.tax.amountMinor)).toBe(tax.tax.amountMinor);
            expect(corrected(({ taxes }) => taxes[i]!.net.amountMinor)).toBe(tax.net.amountMinor);
          });
        },
      ),
    );
  });
});
