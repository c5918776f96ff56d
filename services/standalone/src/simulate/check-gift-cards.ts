import { keepsIt } from './check-allowances';
import { priceOf, type Books } from './books';
import { Client, type Stage } from './client';

/** A card has what it was issued with, less what orders have of it; an order has it only as long as it has tickets. */
export async function checkGiftCards({ evidence, world, ...stage }: Stage, books: Books): Promise<void> {
  const { giftCards, giftCardShares, orders } = books;
  for (const { giftCardId, amountMinor, balanceMinor } of giftCards) {
    const spent = giftCardShares
      .filter((one) => one.giftCardId === giftCardId)
      .reduce((sum, share) => sum + share.amountMinor - share.returnedMinor, 0);
    if (balanceMinor !== amountMinor - spent || balanceMinor < 0)
      evidence.violated(`gift card ${giftCardId} of ${amountMinor} has ${balanceMinor}, and spent ${spent}`);
  }
  for (const order of orders) {
    const { orderId, state, totalMinor } = order;
    const own = giftCardShares.filter((one) => one.orderId === orderId);
    const paid = own.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
    const back = own.reduce((sum, { returnedMinor }) => sum + returnedMinor, 0);
    if (paid !== totalMinor - priceOf(order).due)
      evidence.violated(`order ${orderId} of ${totalMinor}: gift cards paid ${paid}`);
    const right = !keepsIt(order) || state === 'refunded' ? paid : state === 'fulfilled' ? 0 : back;
    if (back !== right || back > paid)
      evidence.violated(`order ${orderId} is ${state}: of ${paid} by gift cards ${back} went back`);
    if (paid > 0) world.around.tally(`orders with a gift card, ${state}`);
  }
  const holder = new Client('holder', 'buyer', { evidence, world, ...stage }, world.random('holder'));
  for (const { giftCardId, code, amount } of evidence.giftCards.values()) {
    const known = giftCards.find((one) => one.giftCardId === giftCardId);
    const answer = await holder.insist<{ balance?: { amountMinor: number } }>({
      ...{ service: 'payment-processing', method: 'POST', path: '/gift-cards/balance', body: { code } },
    });
    if (known?.amountMinor !== amount.amountMinor || answer?.body.balance?.amountMinor !== known.balanceMinor)
      evidence.violated(`gift card ${giftCardId} was issued, now: ${JSON.stringify(known)}, ${answer?.text}`);
  }
}
