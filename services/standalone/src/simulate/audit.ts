import { priceOf, readBooks } from './books';
import { capturesOf } from './captures';
import { checkAllowances } from './check-allowances';
import { checkEnds } from './check-ends';
import { checkGateways } from './check-gateways';
import { checkGiftCards } from './check-gift-cards';
import { checkLedger } from './check-ledger';
import { checkMail } from './check-mail';
import { checkMoney, checkPaid } from './check-money';
import { checkRefunds } from './check-refunds';
import { checkSagas } from './check-sagas';
import { checkStock } from './check-stock';
import { checkTickets } from './check-tickets';
import { checkTransfers } from './check-transfers';
import { checkWords } from './check-words';
import { checkPoison } from './poison';
import type { Scene } from './scene';

/** All is quiet: is every promise kept? */
export async function audit({ stage, tills, watch, tickets }: Scene): Promise<void> {
  const { evidence, world } = stage;
  const books = await readBooks(world.process('auditor', false));
  const captures = capturesOf(tills, books);
  checkMoney(captures, books, evidence);
  checkPaid(captures, books, evidence);
  checkRefunds(tills, books, evidence);
  checkTransfers(tills.giro, books, evidence);
  checkLedger(captures, books, evidence);
  checkAllowances(books, evidence);
  checkGateways(tills, books, stage);
  checkMail(world, books, tickets, evidence);
  checkSagas(world, books, evidence);
  checkPoison(stage, evidence);
  await checkGiftCards(stage, books);
  await checkEnds(stage, books);
  await checkStock(stage, watch, books);
  await checkWords(stage, books);
  await checkTickets(stage, tickets, books);
  for (const order of books.orders) {
    world.around.tally(`orders ${order.state}`);
    if (priceOf(order).discounts.length > 0) world.around.tally('orders with a discount');
  }
  for (const { reason } of books.refunds) world.around.tally(`refunds ${reason}`);
}
