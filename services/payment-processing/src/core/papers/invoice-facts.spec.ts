import { describe, expect, it } from '@jest/globals';
import { instant, money } from '@boxoffice/shared/kernel';
import fc from 'fast-check';
import { invoiceFacts } from './invoice-facts';
import { orderOver } from './invoice.sample';

const now = instant('2027-01-05T10:00:00Z');
const seller = { name: 'Saal GmbH', address: 'Wien', country: 'AT', vatId: 'ATU12345675' };
const eur = (amountMinor: number) => money(amountMinor, 'EUR');

describe('what an invoice says', () => {
  it('adds up to what the order cost: its lines, its net with its taxes, and what paid for it', () => {
    const line = fc
      .record({ gross: fc.integer({ min: 0, max: 10_000_000 }), basisPoints: fc.constantFrom(0, 700, 1900) })
      .map(({ gross, basisPoints }) => ({
        gross,
        basisPoints,
        tax: gross - Math.round((gross * 10_000) / (10_000 + basisPoints)),
      }));
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 20 }),
        fc.constantFrom('JPY', 'EUR', 'KWD'),
        (lines, currency) => {
          const order = orderOver(lines, currency);
          const facts = invoiceFacts(order, { seller }, now);
          const total = order.price.total.amountMinor;
          const sum = (amounts: readonly { readonly amountMinor: number }[]) =>
            amounts.reduce((all, { amountMinor }) => all + amountMinor, 0);
          expect(sum(facts.lines.map(({ gross }) => gross))).toBe(total);
          expect(sum([facts.net, ...facts.taxes.map(({ tax }) => tax)])).toBe(total);
          expect(sum([facts.paid, ...facts.giftCards.map(({ amount }) => amount)])).toBe(total);
          expect(facts.total).toEqual(order.price.total);
        },
      ),
    );
  });

  it('has fees among its lines, packages by their names, and discounts by theirs', () => {
    const order = orderOver([{ gross: 12_000, tax: 0, basisPoints: 0 }]);
    const [line] = order.price.lines;
    const price = {
      ...order.price,
      lines: [{ ...line!, package: { name: 'Family of four', size: 4 } }],
      fees: [
        {
          feeId: 'f',
          name: 'Service',
          taxCategory: 'standard',
          net: eur(200),
          tax: eur(40),
          gross: eur(240),
        },
      ],
      discounts: [{ discountId: 'd', name: 'Early bird', code: 'EARLY', amount: eur(960) }],
      total: eur(12_240),
    } as const;
    const facts = invoiceFacts({ ...order, price }, { seller }, now);
    expect(facts.lines.map(({ name }) => name)).toEqual(['Type 0, Family of four', 'Service']);
    expect(facts.discounts).toEqual([{ name: 'Early bird', code: 'EARLY', amount: eur(960) }]);
    expect(facts.net).toEqual(eur(12_200));
  });

  it('names the company behind the buyer, and speaks the buyer’s language before the event’s', () => {
    const order = orderOver([{ gross: 100, tax: 0, basisPoints: 0 }]);
    const buyer = {
      ...order.buyer,
      company: 'Example GmbH',
      vatId: 'DE136695976',
      country: 'DE',
      locale: 'de-DE',
    };
    const { locale, ...named } = buyer;
    expect(invoiceFacts({ ...order, buyer }, { seller, locale: 'en-GB' }, now)).toMatchObject({
      buyer: named,
      locale,
    });
    expect(invoiceFacts(order, { seller, locale: 'ja' }, now)).toMatchObject({
      buyer: order.buyer,
      locale: 'ja',
    });
  });
});
