import { describe, expect, it } from '@jest/globals';
import { orderFulfilled, type IssuedPaper, type OrderFulfilled } from '../src/contracts';
import { instant, type Money } from '../src/kernel';
import { localeOf, receiptFactsOf, type SaleFacts } from '../src/papers';
import { salePaper } from '../src/printing';
import { readPdf } from './papers/read-pdf';

const eur = (amountMinor: number): Money => ({ amountMinor, currency: 'EUR' });
const { event } = orderFulfilled.sample;
const invoice: IssuedPaper = {
  kind: 'invoice',
  number: 'INV-7Q2K4M1A-000123',
  issuedAt: instant('2027-01-05T10:21:45Z'),
  seller: {
    name: 'Konzerthaus Wien',
    address: 'Lothringerstraße 20, 1030 Wien, AT',
    country: 'AT',
    vatId: 'ATU12345675',
  },
  buyer: { name: 'Ada Example', email: 'ada@example.org', company: 'Example GmbH', vatId: 'DE136695976' },
  orderId: orderFulfilled.sample.orderId,
  event,
  lines: [
    {
      name: 'Stalls',
      quantity: 2,
      unitPrice: eur(4800),
      discount: eur(960),
      net: eur(7855),
      tax: eur(785),
      gross: eur(8640),
    },
    {
      name: 'Service fee',
      quantity: 1,
      unitPrice: eur(240),
      discount: eur(0),
      net: eur(200),
      tax: eur(40),
      gross: eur(240),
    },
  ],
  discounts: [{ name: 'Early bird', code: 'EARLY', amount: eur(960) }],
  taxes: [
    { name: 'USt.', basisPoints: 1000, net: eur(7855), tax: eur(785) },
    { name: 'USt.', basisPoints: 2000, net: eur(200), tax: eur(40) },
  ],
  net: eur(8055),
  total: eur(8880),
  giftCards: [{ giftCardId: 'gift-77AB12', amount: eur(2000) }],
  paid: eur(6880),
  paidAt: instant('2027-01-05T10:21:00Z'),
};
const creditNote: IssuedPaper = {
  ...invoice,
  kind: 'credit-note',
  number: 'CN-7Q2K4M1A-000007',
  lines: [{ ...invoice.lines[1]!, name: '' }],
  discounts: [],
  giftCards: [],
  corrects: { number: invoice.number, issuedAt: invoice.issuedAt },
};

const pagesOf = async (facts: SaleFacts) => readPdf(await salePaper(facts));
const textOf = async (paper: IssuedPaper, as: SaleFacts['as'] = 'invoice', locale = 'en') =>
  (await pagesOf({ paper, as, locale })).flatMap(({ texts }) => texts);
/** Without its spaces: where fonts or directions change, a line is drawn in several stretches. */
const packed = (text: string): string => text.replaceAll(/\s/g, '');
const saidIn = async (locale: string, paper = invoice, as: SaleFacts['as'] = 'invoice') =>
  packed((await textOf(paper, as, locale)).join(''));

describe('an invoice on paper', () => {
  it('names both sides with their tax numbers, the event, the order and its own number', async () => {
    const said = await saidIn('en');
    for (const part of [
      'Invoice',
      invoice.number,
      '5 January 2027',
      'Konzerthaus Wien',
      'VAT ID ATU12345675',
    ])
      expect(said).toContain(packed(part));
    for (const part of ['Example GmbH', 'Ada Example', 'VAT ID DE136695976', event.title, invoice.orderId])
      expect(said).toContain(packed(part));
  });

  it('shows each line’s net, tax and gross, what each tax is reckoned on, and how it was paid', async () => {
    const texts = await textOf(invoice);
    const amounts = texts.filter((text) => text.startsWith('€'));
    expect(amounts).toEqual([
      ...['€48.00', '€78.55', '€7.85', '€86.40'],
      ...['€2.40', '€2.00', '€0.40', '€2.40'],
      ...['€88.80', '€20.00', '€68.80', '€0.00'],
      ...['€78.55', '€7.85', '€2.00', '€0.40'],
    ]);
    const said = packed(texts.join(''));
    for (const part of ['Discount -€9.60', 'Early bird (EARLY)', 'gift card …AB12', '10%', '20%'])
      expect(said).toContain(packed(part));
  });

  it('charges nothing where the recipient owes the tax, and says so', async () => {
    const taxes = [{ ...invoice.taxes[1]!, reverseCharge: true as const }];
    const texts = await textOf({ ...invoice, taxes }, 'invoice', 'de');
    expect(texts.join(' ')).toContain('Steuerschuldnerschaft des Leistungsempfängers');
    expect(texts.filter((text) => text === '0,00 €')).toHaveLength(2); // what is due, and the tax
  });

  it('has no column of taxes where there are none', async () => {
    const said = await saidIn('en', { ...invoice, taxes: [] });
    expect(said).not.toMatch(/Net|Tax/);
  });

  it.each([
    ['JPY', 9600, /(¥|￥)9,600/],
    ['KWD', 9600, /KWD9\.600/],
  ])('writes %s in its own digits', async (currency, amountMinor, expected) => {
    expect(await saidIn('en', { ...invoice, total: { amountMinor, currency } })).toMatch(expected);
  });

  it('says that nothing was to be paid for a free order', async () => {
    expect(await saidIn('en', { ...invoice, total: eur(0) })).toContain(packed('this order was free'));
  });

  it('takes as many pages as it has lines, and numbers them', async () => {
    const lines = Array.from({ length: 60 }, (_, i) => ({ ...invoice.lines[0]!, name: `Row ${i + 1}` }));
    const pages = await pagesOf({ paper: { ...invoice, lines }, as: 'invoice', locale: 'en' });
    expect(pages.length).toBeGreaterThan(2);
    const texts = pages.flatMap((page) => page.texts);
    expect(texts.filter((text) => text.startsWith('Row '))).toEqual(lines.map(({ name }) => name));
    expect(texts).toEqual(expect.arrayContaining(['Page 2', 'Page 3']));
  });

  it('sets an amount smaller rather than cut it', async () => {
    const line = { ...invoice.lines[0]!, gross: { amountMinor: 8_999_999_999_999, currency: 'KWD' } };
    expect(await saidIn('en', { ...invoice, lines: [line] })).toMatch(/KWD8,999,999,999\.999/);
  });

  it('is the same bytes for the same facts', async () => {
    const facts = { paper: invoice, as: 'invoice', locale: 'ar' } as const;
    expect(Buffer.compare(await salePaper(facts), await salePaper(facts))).toBe(0);
  });
});

describe('a receipt', () => {
  it('is the invoice under another heading', async () => {
    const [heading, ...rest] = await textOf(invoice, 'receipt');
    expect(heading).toBe('Receipt');
    expect(rest).toEqual((await textOf(invoice, 'invoice')).slice(1));
  });

  it('says when it was paid, on the clocks of the venue', async () => {
    expect(await saidIn('en', invoice, 'receipt')).toContain(packed('Paid on 5 January 2027 at 11:21 CET'));
  });

  it('of an order from before receipts were kept says what the order says', async () => {
    const order = orderFulfilled.sample;
    const { paper } = receiptFactsOf(order, 'Konzerthaus Wien', 'de');
    expect(paper).toMatchObject({ number: order.receiptNumber, total: order.total, taxes: [] });
    const said = await saidIn('de', paper, 'receipt');
    for (const part of ['Konzerthaus Wien', 'Stalls', '96,00 €', 'Ada Example'])
      expect(said).toContain(packed(part));
  });

  it('goes with the letter as it was issued, in the language of its event', () => {
    const order: OrderFulfilled = { ...orderFulfilled.sample, receipt: { ...invoice, locale: 'ja' } };
    expect(receiptFactsOf(order, 'another', 'en-GB')).toMatchObject({
      paper: { number: invoice.number },
      locale: 'ja',
    });
  });
});

describe('a credit note', () => {
  it('names the invoice that it corrects, and what is given back', async () => {
    const said = await saidIn('en', creditNote, 'credit-note');
    for (const part of ['Credit note', 'corrects invoice INV-7Q2K4M1A-000123 of 5 January 2027', 'Credited'])
      expect(said).toContain(packed(part));
    expect(said).not.toMatch(/Paid|due/);
  });
});

describe('languages', () => {
  it.each([
    ['de', ['Rechnung', 'USt-IdNr.', '88,80 €', '5. Januar 2027']],
    ['fr', ['Facture', '88,80 €', '5 janvier 2027']],
    ['es', ['Factura', '88,80 €']],
    ['it', ['Fattura', '88,80 €']],
    ['pt', ['Fatura', '88,80 €']],
    ['ja', ['請求書', '2027年1月5日', '€88.80']],
  ])('%s has its own words, dates and amounts', async (locale, parts) => {
    const said = await saidIn(locale);
    for (const part of parts) expect(said).toContain(packed(part));
  });

  it('Arabic joins its letters and runs from right to left, numbers and Latin excepted', async () => {
    const said = await saidIn('ar');
    // The glyphs of a word stand in the order of sight.
    expect(said).toContain(Array.from('فاتورة').reverse().join(''));
    for (const part of [invoice.number, 'ATU12345675', '88.80', '2027']) expect(said).toContain(part);
  });

  it('Egypt’s digits are set from left to right too', async () => {
    expect((await textOf(invoice, 'invoice', 'ar-EG')).join('')).toContain('٢٠٢٧');
  });

  it.each([
    [['de'], 'de-DE'],
    [['de', 'de-AT'], 'de-AT'],
    [['de-CH', 'de-AT'], 'de-CH'],
    [['fi', 'ja-JP'], 'ja-JP'],
    [['fi'], 'en-GB'],
    [[undefined], 'en-GB'],
    [['not a tag', 'fr'], 'fr-FR'],
    [['__proto__', 'constructor'], 'en-GB'],
  ])('%j is printed in %s', (wanted, locale) => {
    expect(localeOf(...wanted)).toBe(locale);
  });
});
