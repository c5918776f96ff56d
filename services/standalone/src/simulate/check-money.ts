import type { Bank } from './bank';
import type { Books } from './books';
import type { Evidence } from './evidence';

/** Every capture at the bank ends in tickets or in one refund of exactly that amount, and the ledger says the same. */
export function checkMoney(bank: Bank, books: Books, evidence: Evidence): void {
  const { orders, payments, refunds, ledger } = books;
  const refundsAt = Map.groupBy(bank.refunds.values(), (refund) => refund.paymentReference);
  let inHand = 0;

  for (const { reference, paymentId, orderId, amount, outcome } of bank.payments.values()) {
    const given = refundsAt.get(reference) ?? [];
    const back = given
      .filter((refund) => refund.outcome.is === 'succeeded')
      .reduce((sum, refund) => sum + refund.amount.amountMinor, 0);
    const failed = given.filter((refund) => refund.outcome.is === 'failed').length;
    if (given.length > 1) evidence.violated(`payment ${paymentId} was refunded ${given.length} times`);
    if (outcome.is !== 'captured') continue;
    inHand += amount.amountMinor - back;
    const order = orders.find((one) => one.orderId === orderId);
    const keepsIt = order?.state === 'fulfilled' && order.paymentId === paymentId;
    if (keepsIt && given.length > 0)
      evidence.violated(`order ${orderId} has its tickets, and payment ${paymentId} was given back`);
    if (!keepsIt && failed === 0 && back !== amount.amountMinor)
      evidence.violated(
        `payment ${paymentId} of ${amount.amountMinor}: order ${orderId} is ${order?.state}, and ${back} went back`,
      );
    const known = payments.find((payment) => payment.paymentId === paymentId);
    if (known?.state !== 'captured')
      evidence.violated(`payment ${paymentId} was captured, yet it is ${known?.state} in the books`);
  }

  for (const order of orders) {
    if (order.state !== 'fulfilled' || order.totalMinor === 0) continue;
    const payment = [...bank.payments.values()].find((one) => one.paymentId === order.paymentId);
    if (payment?.outcome.is !== 'captured')
      evidence.violated(`order ${order.orderId} has its tickets, and nobody paid`);
    else if (payment.amount.amountMinor !== order.totalMinor)
      evidence.violated(`order ${order.orderId} was paid with another amount`);
  }
  for (const refund of refunds) {
    if (refund.state === 'succeeded' && bank.refunds.get(refund.refundId)?.outcome.is !== 'succeeded')
      evidence.violated(`refund ${refund.refundId} succeeded in the books alone`);
    if (refund.state === 'failed' && bank.refunds.get(refund.refundId)?.outcome.is !== 'failed')
      evidence.violated(`refund ${refund.refundId} failed in the books alone`);
  }
  checkLedger(ledger, inHand, evidence);
}

function checkLedger(ledger: Books['ledger'], inHand: number, evidence: Evidence): void {
  for (const [transaction, entries] of Map.groupBy(
    ledger,
    (entry) => `${entry.transactionId} ${entry.currency}`,
  )) {
    const sum = entries.reduce((total, entry) => total + entry.amountMinor, 0);
    if (sum !== 0) evidence.violated(`ledger: ${transaction} sums to ${sum}`);
  }
  const atBank = ledger
    .filter((entry) => entry.account === 'gateway:sandbox')
    .reduce((total, entry) => total + entry.amountMinor, 0);
  if (atBank !== inHand) evidence.violated(`ledger: ${atBank} at the gateway, the bank says ${inHand}`);
}
