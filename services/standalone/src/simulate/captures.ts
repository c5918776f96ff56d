import { sumOf, type Books, type RefundOnFile } from './books';
import type { Tills } from './payer';

/** Money that has come in for a payment, by the books of those who took it, and what of it has gone back. */
export interface Capture {
  readonly gateway: string;
  readonly paymentId: string;
  /** As whoever took it says. Undefined: it doesn't know. */
  readonly orderId: string | undefined;
  readonly amountMinor: number;
  readonly currency: string;
  /** Through the gateway. */
  readonly backMinor: number;
  /** Beside it. */
  readonly byHandMinor: number;
  /** The gateway would not give this back, and a person is to decide. */
  readonly failed: readonly RefundOnFile[];
}

export function capturesOf({ banks }: Tills, books: Books): readonly Capture[] {
  const { refunds, transfers, outgoingTransfers } = books;
  const ofBooks = (paymentId: string): Pick<Capture, 'byHandMinor' | 'failed'> => {
    const own = refunds.filter((one) => one.paymentId === paymentId);
    return {
      byHandMinor: sumOf(own.filter(({ settledBy }) => settledBy !== null)),
      failed: own.filter(({ state }) => state === 'failed'),
    };
  };
  const atBanks = banks.flatMap((bank) =>
    [...bank.payments.values()].flatMap(({ paymentId, orderId, reference, amount, outcome }): Capture[] => {
      if (outcome.is !== 'captured') return [];
      const given = [...bank.refunds.values()].filter(
        (one) => one.paymentReference === reference && one.outcome.is === 'succeeded',
      );
      const backMinor = sumOf(given.map((one) => one.amount));
      return [{ gateway: bank.name, paymentId, orderId, ...amount, backMinor, ...ofBooks(paymentId) }];
    }),
  );
  const byTransfer = transfers
    .filter(({ state }) => state === 'captured')
    .map(({ paymentId, amountMinor, currency }): Capture => {
      const sent = outgoingTransfers.filter((one) => one.what === 'refund' && one.paymentId === paymentId);
      const backMinor = sumOf(sent.filter(({ state }) => state === 'done'));
      const known = { gateway: 'bank-transfer', paymentId, orderId: undefined };
      return { ...known, amountMinor, currency, backMinor, ...ofBooks(paymentId) };
    });
  return [...atBanks, ...byTransfer];
}
