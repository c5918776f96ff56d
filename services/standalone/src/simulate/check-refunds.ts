import { priceOf, sumOf, ticketsOf, type Books, type OrderOnFile } from './books';
import type { Tills } from './buyer';
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

/**
 * What goes back for tickets is what was paid for them: each has its share of its line, and of that as much goes to the gateway and
 * to gift cards as each has paid of the order. Of all tickets together nothing is left but fees.
 */
function checkShares(order: OrderOnFile, { refunds, giftCardShares }: Books, evidence: Evidence): void {
  const { orderId, paymentId, totalMinor } = order;
  const own = refunds.filter((one) => one.orderId === orderId && one.paymentId === paymentId);
  const byTicket = own.every(({ refundId }) => evidence.refunds.get(refundId)?.atPrice);
  if (own.length === 0 || !byTicket || own.some(({ state }) => state !== 'succeeded')) return;
  const { lines, due } = priceOf(order);
  const ids = own.flatMap(({ ticketIds }) => JSON.parse(ticketIds ?? '[]') as readonly string[]);
  const cards = giftCardShares.filter((one) => one.orderId === orderId);
  const toCards = cards.reduce((sum, { returnedMinor }) => sum + returnedMinor, 0);
  const back = sumOf(own);
  const tickets = ticketsOf(order);
  const isAll = ids.length === tickets.length;
  let least = 0;
  let most = 0;
  for (const [ticketTypeId, given] of Map.groupBy(
    tickets.filter(({ ticketId }) => ids.includes(ticketId)),
    (ticket) => ticket.ticketTypeId,
  )) {
    const line = lines.find((one) => one.ticketTypeId === ticketTypeId);
    const each = line ? line.gross / line.quantity : 0;
    least += isAll ? each * given.length : Math.floor(each) * given.length;
    most += isAll ? each * given.length : Math.ceil(each) * given.length;
  }
  const both = back + toCards;
  if (both < Math.round(least) || both > Math.round(most))
    evidence.violated(`order ${orderId}: ${back} and ${toCards} to cards for tickets of ${least} to ${most}`);
  // Each ticket's part is rounded to one minor unit.
  const right = totalMinor === 0 ? 0 : (both * due) / totalMinor;
  if (Math.abs(back - right) > ids.length)
    evidence.violated(`order ${orderId}: ${back} of ${both} went back by the gateway, which paid ${right}`);
}
