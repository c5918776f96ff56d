import { sumOf, type Books } from './books';
import type { Capture } from './captures';
import type { Evidence } from './evidence';

/** The ledger sums to zero, and each account has what whoever holds the money says. */
export function checkLedger(captures: readonly Capture[], books: Books, evidence: Evidence): void {
  const { ledger, balances, refunds, giftCards } = books;
  for (const [transaction, entries] of Map.groupBy(ledger, (one) => `${one.transactionId} ${one.currency}`))
    if (sumOf(entries) !== 0) evidence.violated(`ledger: ${transaction} sums to ${sumOf(entries)}`);

  const accounts = new Map<string, number>();
  for (const { account, currency, amountMinor } of ledger)
    add(accounts, `${account} ${currency}`, amountMinor);
  const inHand = new Map<string, number>();
  for (const { gateway, currency, amountMinor, backMinor } of captures)
    add(inHand, `gateway:${gateway} ${currency}`, amountMinor - backMinor);
  for (const name of new Set([...accounts.keys(), ...inHand.keys()]))
    if (name.startsWith('gateway:') && accounts.get(name) !== inHand.get(name))
      evidence.violated(`ledger: ${name} has ${accounts.get(name)}, the bank says ${inHand.get(name)}`);

  const total = (account: string): number => sumOf(ledger.filter((one) => one.account.startsWith(account)));
  if (total('buyers:refunds') !== 0)
    evidence.violated(`ledger: ${total('buyers:refunds')} is still on its way to buyers`);
  const byHand = sumOf(refunds.filter(({ settledBy }) => settledBy !== null));
  if (total('by-hand') !== -byHand)
    evidence.violated(`ledger: ${total('by-hand')} by hand, people gave ${byHand} back`);
  const onCards = giftCards.reduce((sum, { balanceMinor }) => sum + balanceMinor, 0);
  if (total('giftcards:') !== -onCards)
    evidence.violated(`ledger: ${total('giftcards:')} on gift cards, which have ${onCards}`);
  for (const { account, currency, amountMinor } of balances)
    if ((accounts.get(`${account} ${currency}`) ?? 0) !== amountMinor)
      evidence.violated(`balance of ${account}: ${amountMinor}, not as in the ledger`);
}

const add = (sums: Map<string, number>, name: string, amountMinor: number): void =>
  void sums.set(name, (sums.get(name) ?? 0) + amountMinor);
