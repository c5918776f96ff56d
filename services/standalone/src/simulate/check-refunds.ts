import { priceOf, sumOf, ticketsOf, type Books, type OrderOnFile } from './books';
import type { Tills } from './payer';
import type { Evidence } from './evidence';

/** What the books say of refunds is what the banks say; never more than was captured; and what people were told was done. */
export function checkRefunds({ banks }: Tills, books: Books, evidence: Evidence): void {
  const { refunds, payments } = books;
  const atBanks = banks.flatMap((bank) => [...bank.refunds.values()]);
  for (const bank of banks)
    for (const paymentId of bank.overdrawn)
      evidence.violated(`${bank.name} was asked for more than is left of payment ${paymentId}`);
  for (const { refundId, amount, outcome } of atBanks) {
    const known = refunds.find((one) => one.refundId === refundId);
    if (known?.amountMinor !== amount.amountMinor)
      evidence.violated(`refund ${refundId} of ${amount.amountMinor} is ${known?.amountMinor} in the books`);
    if (outcome.is === 'succeeded' && known?.state !== 'succeeded')
      evidence.violated(`refund ${refundId} is done, yet ${known?.state} in the books`);
  }
  for (const { refundId, paymentId, state, settledBy } of refunds) {
    const gateway = payments.find((one) => one.paymentId === paymentId)?.gateway;
    if (gateway === 'bank-transfer' || settledBy !== null) continue; // see check-transfers
    const there = atBanks.find((one) => one.refundId === refundId)?.outcome.is;
    if ((state === 'succeeded' || state === 'failed') && there !== state)
      evidence.violated(`refund ${refundId} ${state} in the books alone`);
  }
  for (const { paymentId, amountMinor, refundedMinor } of payments) {
    const own = refunds.filter((one) => one.paymentId === paymentId && one.state !== 'failed');
    if (sumOf(own) !== refundedMinor || refundedMinor > amountMinor)
      evidence.violated(
        `payment ${paymentId} of ${amountMinor}: ${sumOf(own)} go back, noted ${refundedMinor}`,
      );
  }
  for (const [refundId, told] of evidence.refunds) {
    const known = refunds.find((one) => one.refundId === refundId);
    if (known?.amountMinor !== told.amount.amountMinor || known.paymentId !== told.paymentId)
      evidence.violated(`refund ${refundId} was acknowledged, now: ${JSON.stringify(known)}`);
  }
  for (const order of books.orders) checkShares(order, books, evidence);
}

/** What goes back for tickets is what was paid for them at the gateway; and of all tickets together nothing is left but fees. */
function checkShares(order: OrderOnFile, { refunds, giftCardShares }: Books, evidence: Evidence): void {
  const { orderId, paymentId, totalMinor } = order;
  const { due } = priceOf(order);
  const own = refunds.filter((one) => one.orderId === orderId && one.paymentId === paymentId);
  const back: string[] = [];
  for (const { refundId, amountMinor } of own) {
    const ids = evidence.refunds.get(refundId)?.atPriceOf;
    if (!ids) continue;
    back.push(...ids);
    const right = (valueOf(order, ids) * due) / totalMinor;
    // A ticket's part of its line is rounded, and so is the gateway's part of that.
    if (Math.abs(amountMinor - right) > 2 * ids.length)
      evidence.violated(`refund ${refundId} of ${amountMinor}: ${right} was paid for these tickets`);
  }
  const isAll = back.length === ticketsOf(order).length && own.every(({ state }) => state === 'succeeded');
  if (!isAll || back.length === 0) return;
  const cards = giftCardShares.filter((one) => one.orderId === orderId);
  const both = cards.reduce((sum, { returnedMinor }) => sum + returnedMinor, sumOf(own));
  if (both < Math.round(valueOf(order, back)))
    evidence.violated(`order ${orderId}: ${both} went back for all tickets, of ${valueOf(order, back)}`);
}

/** What these tickets cost, as equal parts of their lines. */
function valueOf(order: OrderOnFile, ticketIds: readonly string[]): number {
  const { lines } = priceOf(order);
  return ticketsOf(order)
    .filter(({ ticketId }) => ticketIds.includes(ticketId))
    .map(({ ticketTypeId }) => lines.find((one) => one.ticketTypeId === ticketTypeId))
    .reduce((sum, line) => sum + (line ? line.gross / line.quantity : 0), 0);
}
