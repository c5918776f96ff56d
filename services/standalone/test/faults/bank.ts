import { pay, placeOrder, hold, type OnSale, type Payment } from '../purchase';
import type { Visitor } from '../visitor';

/** Money on its way to the operator's account, come in, and to be sent back. */
export interface Bank {
  readonly bens: Payment;
  readonly eves: Payment;
  /** Credits of which nobody knows what they are for. */
  readonly stray: readonly [string, string];
  /** Of a transfer that is to be made. */
  readonly outgoingId: string;
}

export const creditBody = (bankId: string, remittance = 'Tickets, thank you!') => ({
  bankId,
  amountMinor: 500,
  currency: 'EUR',
  remittance,
  bookedAt: new Date().toISOString(),
  payerName: 'Ben Brandt',
  payerIban: 'DE89370400440532013000',
});

export async function openBank(ada: Visitor, ben: Visitor, eve: Visitor, matinee: OnSale): Promise<Bank> {
  const awaited = async (buyer: Visitor): Promise<Payment> =>
    pay(buyer, await placeOrder(buyer, await hold(buyer, matinee)), 'bank-transfer');
  await ada.send('POST', '/bank-statements', {
    credits: ['a', 'b', 'c'].map((id) => creditBody(`stray-${id}`)),
  });
  const { items } = await ada.get<{ items: { creditId: string }[] }>('/bank-statements/unmatched');
  const [first, second, third] = items.map(({ creditId }) => creditId) as [string, string, string];
  await ada.send('POST', `/bank-statements/unmatched/${third}/return`);
  return { bens: await awaited(ben), eves: await awaited(eve), stray: [first, second], outgoingId: third };
}
