import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  eventPublished,
  orderFulfilled,
  paymentCaptured,
  type EventPublished,
  type IssuedPaper,
} from '@boxoffice/shared/contracts';
import type { Money } from '@boxoffice/shared/kernel';
import { usualPrefixes } from '../src/core/papers/number';
import { issueCreditNote } from '../src/core/papers/issue-credit-note';
import { findOrder } from '../src/infrastructure/order-rows';
import { paperBook } from '../src/infrastructure/paper-rows';
import { asCaptured, event, eventId, issue, openShop, refuse, stalls, type Shop } from './shop';

const seller = {
  name: 'Konzerthaus Wien',
  address: 'Lothringerstraße 20, 1030 Wien',
  country: 'AT',
  vatId: 'ATU12345675',
};
const rules = { seller: 'Boxoffice', prefixes: usualPrefixes };
const eur = (amountMinor: number): Money => ({ amountMinor, currency: 'EUR' });

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
  await publish(4, { terms: { seller, locale: 'de-AT' } });
});
afterAll(() => shop.close());

const publish = (version: number, changes: Partial<EventPublished>) =>
  shop.hear(
    eventPublished.announce(`event-${version}`, eventId, shop.now(), { ...event, version, ...changes }),
  );
const capturedOf = async (orderId: string) => {
  const said = await shop.spoken(paymentCaptured);
  return asCaptured(said.find(({ subject }) => subject === orderId)!);
};
async function fulfilled(suffix: string): Promise<{ orderId: string; paymentId: string }> {
  const order = await shop.paid(suffix);
  await shop.hear(issue(`issue-${suffix}`, await capturedOf(order.orderId), shop.now()));
  return order;
}
interface Printed {
  readonly status: number;
  readonly code?: unknown;
  readonly file?: string | undefined;
  readonly as?: string;
  readonly locale?: string;
  readonly paper?: IssuedPaper;
}
/** The simulated press prints the facts. */
const print = async (path: string, as = 'ada'): Promise<Printed> => {
  const { status, headers, body, bytes } = await shop.call('GET', path, undefined, as);
  if (status !== 200) return { status, code: body['code'] };
  return {
    status,
    file: headers['content-disposition'],
    ...(JSON.parse(Buffer.from(bytes).toString()) as { as: string; locale: string; paper: IssuedPaper }),
  };
};
const rowsOf = (orderId: string) =>
  shop.database.query
    .selectFrom('papers')
    .selectAll()
    .where('orderId', '=', orderId)
    .orderBy('number')
    .execute();
const credit = (orderId: string, refundId: string, amount: Money, paymentId: string) =>
  shop.database.transaction(async (tx) => {
    const order = await findOrder(tx, 'orderId', orderId);
    return issueCreditNote(
      paperBook(tx),
      order!,
      { cause: refundId, paymentId, amount, toCards: eur(0) },
      rules,
      shop.now(),
    );
  });

describe('the invoice of an order', () => {
  it('is issued with its tickets, and announced with its number', async () => {
    const { orderId } = await shop.paid('with-tickets');
    expect(await print(`/orders/${orderId}/receipt.pdf`)).toEqual({ status: 409, code: 'not-issued' });
    expect(await rowsOf(orderId)).toEqual([]);
    const answer = issue('issue-with-tickets', await capturedOf(orderId), shop.now());
    await shop.hear(answer);
    await shop.hear({ ...answer, id: 'again' });
    const rows = await rowsOf(orderId);
    expect(rows).toHaveLength(1);
    const [said] = (await shop.spoken(orderFulfilled)).filter(({ subject }) => subject === orderId);
    const { receiptNumber, receipt } = orderFulfilled.read(said!);
    expect(receiptNumber).toMatch(/^INV-\w{8}-\d{6}$/);
    expect(receipt).toEqual(JSON.parse(rows[0]!.facts));
    expect(receipt).toMatchObject({ number: receiptNumber, seller, total: eur(9600), locale: 'de-AT' });
  });

  it('is printed as a receipt and as an invoice, in the language asked for, of the browser, or of the event', async () => {
    const { orderId } = await fulfilled('languages');
    const receipt = await print(`/orders/${orderId}/receipt.pdf`);
    expect(receipt).toMatchObject({ as: 'receipt', locale: 'de-AT' });
    const invoice = await print(`/orders/${orderId}/invoice.pdf?lang=ja`);
    expect(invoice).toMatchObject({ as: 'invoice', locale: 'ja-JP', paper: receipt.paper });
    expect(invoice.file).toBe(`attachment; filename="invoice-${receipt.paper!.number}.pdf"`);
    expect(await print(`/orders/${orderId}/invoice.pdf?lang=fi`)).toMatchObject({ locale: 'de-AT' });
  });

  it('is for the buyer and for who sells, and for nobody else', async () => {
    const { orderId } = await fulfilled('whose');
    for (const path of ['receipt.pdf', 'invoice.pdf', 'credit-notes', 'credit-notes/CN-1.pdf'])
      expect(await print(`/orders/${orderId}/${path}`, 'eve')).toEqual({
        status: 404,
        code: 'order-not-found',
      });
    expect(await print(`/orders/${orderId}/invoice.pdf`, event.organizerId)).toMatchObject({ status: 200 });
  });

  it('names the company that owes the tax, and charges none', async () => {
    const taxPlace = { country: 'AT', online: true } as const;
    await publish(6, { terms: { seller, tax: 'included', taxPlace } });
    const company = { company: 'Example GmbH', vatId: 'DE136695976', country: 'DE' };
    const { body } = await shop.call('POST', '/orders', {
      holdToken: shop.token('company', { [stalls]: 1 }),
      buyer: { name: 'Ada Example', email: 'ada@example.org', ...company, locale: 'ja' },
    });
    const orderId = String(body['orderId']);
    const { reference } = await shop.payment(orderId);
    await shop.webhook('company', { payment: shop.gateway.decide(reference, 'captured') });
    await shop.hear(issue('company', await capturedOf(orderId), shop.now()));
    expect(await print(`/orders/${orderId}/invoice.pdf`)).toMatchObject({
      locale: 'ja-JP',
      paper: {
        buyer: { name: 'Ada Example', ...company },
        lines: [{ net: eur(4034), tax: eur(0), gross: eur(4034) }],
        taxes: [{ name: 'USt.', basisPoints: 1900, net: eur(4034), tax: eur(0), reverseCharge: true }],
        total: eur(4034),
      },
    });
    await publish(7, { terms: { seller, locale: 'de-AT' } });
  });

  it('is not there for an order whose stock was gone: nothing was sold', async () => {
    const { orderId } = await shop.paid('gone');
    await shop.hear(refuse('gone', await capturedOf(orderId), shop.now()));
    await shop.sweep();
    expect(await shop.state(orderId)).toBe('refunded');
    expect(await rowsOf(orderId)).toEqual([]);
  });

  it('is numbered without gaps, none twice, when a hundred are issued at once', async () => {
    const issued = async () =>
      (await shop.database.query.selectFrom('papers').select('number').where('cause', '=', 'sale').execute())
        .map(({ number }) => Number(number.slice(-6)))
        .sort((a, b) => a - b);
    const before = (await issued()).length;
    const orders: string[] = [];
    for (let i = 0; i < 100; i++) orders.push((await shop.paid(`hundred-${i}`)).orderId);
    const captured = await Promise.all(orders.map(capturedOf));
    await Promise.all(captured.map((facts, i) => shop.hear(issue(`hundred-${i}`, facts, shop.now()))));
    expect(await issued()).toEqual(Array.from({ length: before + 100 }, (_, i) => i + 1));
  });

  it('leaves its number to the next one when its commit fails', async () => {
    const failing = shop.database.transaction(async (tx) => {
      expect(await paperBook(tx).nextNumber('CN-X')).toBe(1);
      throw new Error('the machine stops');
    });
    await expect(failing).rejects.toThrow('the machine stops');
    expect(await shop.database.transaction((tx) => paperBook(tx).nextNumber('CN-X'))).toBe(1);
  });
});

describe('what was issued', () => {
  it('stays as it was, whatever happens afterwards', async () => {
    const { orderId, paymentId } = await fulfilled('for-ever');
    const [before] = await rowsOf(orderId);
    const printed = await print(`/orders/${orderId}/invoice.pdf`);
    await publish(8, { title: 'Another title', terms: { seller: { ...seller, name: 'Another name' } } });
    await credit(orderId, 'refund-1', eur(100), paymentId);
    await shop.sweep();
    expect((await rowsOf(orderId)).find(({ number }) => number === before!.number)).toEqual(before);
    expect(await print(`/orders/${orderId}/invoice.pdf`)).toEqual(printed);
  });

  it('can’t be changed or taken out by anybody', async () => {
    const { orderId } = await fulfilled('carved');
    const [row] = await rowsOf(orderId);
    const changing = shop.database.transaction((tx) =>
      tx.updateTable('papers').set({ facts: '{}' }).where('orderId', '=', orderId).execute(),
    );
    await expect(changing).rejects.toThrow('append only');
    const removing = shop.database.transaction((tx) =>
      tx.deleteFrom('papers').where('orderId', '=', orderId).execute(),
    );
    await expect(removing).rejects.toThrow('append only');
    expect(await rowsOf(orderId)).toEqual([row]);
  });

  it('is corrected by credit notes, one a refund, that name it', async () => {
    const { orderId, paymentId } = await fulfilled('corrected');
    const { paper: invoice } = await print(`/orders/${orderId}/invoice.pdf`);
    const first = await credit(orderId, 'refund-a', eur(600), paymentId);
    await expect(credit(orderId, 'refund-a', eur(600), paymentId)).rejects.toThrow('UniqueViolation');
    const last = await credit(orderId, 'refund-b', eur(9000), paymentId);
    expect(await credit(orderId, 'refund-c', eur(1), paymentId)).toBeUndefined();
    const { body } = await shop.call('GET', `/orders/${orderId}/credit-notes`);
    const corrects = invoice!.number;
    expect(body).toEqual({
      items: [
        { number: first!.number, corrects, total: eur(600), issuedAt: first!.issuedAt },
        { number: last!.number, corrects, total: eur(9000), issuedAt: last!.issuedAt },
      ],
    });
    const numbers = [first, last].map((note) => Number(note!.number.slice(-6)));
    expect(numbers[1]).toBe(numbers[0]! + 1);
    expect(await print(`/orders/${orderId}/credit-notes/${last!.number}.pdf?lang=ar`)).toMatchObject({
      as: 'credit-note',
      locale: 'ar-AE',
      file: `attachment; filename="credit-note-${last!.number}.pdf"`,
      paper: { corrects: { number: corrects }, total: eur(9000) },
    });
    expect(await print(`/orders/${orderId}/credit-notes/${corrects}.pdf`)).toMatchObject({
      code: 'credit-note-not-found',
    });
  });

  it('needs no correction when money that came twice goes back', async () => {
    const { orderId } = await fulfilled('twice');
    expect(await credit(orderId, 'refund-d', eur(9600), 'another-payment')).toBeUndefined();
  });
});
