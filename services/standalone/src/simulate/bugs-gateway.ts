import {
  GatewayResting,
  GatewaySilent,
  type PaymentAtGateway,
  type RefundAtGateway,
} from '@boxoffice/payment-processing/main';
import { fromMilliseconds } from '@boxoffice/shared/kernel';
import type { Bug } from './bug';
import { changeGateway } from './wrap';

/** What the gateway says of a payment reaches each process otherwise, by whichever door. */
const hearingOfPayments =
  (begin: () => (payment: PaymentAtGateway) => PaymentAtGateway): NonNullable<Bug['container']> =>
  (...process) => {
    const otherwise = begin();
    changeGateway((gateway) => ({
      authorise: async (order) => otherwise(await gateway.authorise(order)),
      lookUp: async (reference) => otherwise(await gateway.lookUp(reference)),
      cancel: async (reference) => otherwise(await gateway.cancel(reference)),
      verifyWebhook: async (...asked) => {
        const verdict = await gateway.verifyWebhook(...asked);
        return verdict.genuine && 'payment' in verdict.notice
          ? { genuine: true, notice: { ...verdict.notice, payment: otherwise(verdict.notice.payment) } }
          : verdict;
      },
    }))(...process);
  };

/** The same of refunds. */
const hearingOfRefunds = (
  otherwise: (refund: RefundAtGateway) => RefundAtGateway,
): NonNullable<Bug['container']> =>
  changeGateway((gateway) => ({
    refund: async (order) => otherwise(await gateway.refund(order)),
    lookUpRefund: async (...asked) => otherwise(await gateway.lookUpRefund(...asked)),
    verifyWebhook: async (...asked) => {
      const verdict = await gateway.verifyWebhook(...asked);
      return verdict.genuine && 'refund' in verdict.notice
        ? { genuine: true, notice: { ...verdict.notice, refund: otherwise(verdict.notice.refund) } }
        : verdict;
    },
  }));

/** Word of payments comes late, so that holds have ended and the money goes back. */
const lateWord = { delivery: [1_200_000, 5_400_000], crash: 0, unavailable: 0 } as const;

/** Mistakes in how a gateway's answers are read. */
export const gatewayBugs: readonly Bug[] = [
  {
    name: 'declined-for-good',
    what: 'a payment that was declined once is never heard to have been captured after all',
    container: hearingOfPayments(() => {
      const declined = new Set<string>();
      return (payment) => {
        if (payment.outcome.is === 'declined') declined.add(payment.reference);
        return payment.outcome.is === 'captured' && declined.has(payment.reference)
          ? { ...payment, outcome: { is: 'declined', reason: 'as before' } }
          : payment;
      };
    }),
  },
  {
    name: 'cancelled-whatever-it-says',
    what: 'a payment that was asked to be taken back counts as taken back, though the bank has captured it',
    container: changeGateway((gateway) => ({
      cancel: async (reference) => ({ ...(await gateway.cancel(reference)), outcome: { is: 'cancelled' } }),
    })),
  },
  {
    name: 'cancelled-without-being-asked',
    what: 'a payment is given up without the gateway being asked to take it back, so that it is paid later and unheard',
    container: changeGateway((gateway) => ({
      cancel: async (reference) => ({ ...(await gateway.lookUp(reference)), outcome: { is: 'cancelled' } }),
    })),
  },
  {
    name: 'opened-under-new-key',
    what: 'a payment that is opened again is opened under a new key, so that the buyer can pay both',
    container: changeGateway((gateway, newKey) => ({
      authorise: async (order) => {
        const opened = await gateway.authorise({ ...order, paymentId: newKey() });
        return { ...opened, paymentId: order.paymentId };
      },
    })),
  },
  {
    name: 'pending-taken-for-done',
    what: 'a refund that the bank has only taken note of counts as given back',
    weather: lateWord,
    container: hearingOfRefunds((refund) =>
      refund.outcome.is === 'pending'
        ? { ...refund, outcome: { is: 'succeeded', refundedAt: fromMilliseconds(0) } }
        : refund,
    ),
  },
  {
    name: 'failure-taken-for-pending',
    what: 'a refund that has failed is waited for, for ever, and no person hears of it',
    weather: lateWord,
    container: hearingOfRefunds((refund) =>
      refund.outcome.is === 'failed' ? { ...refund, outcome: { is: 'pending' } } : refund,
    ),
  },
  {
    name: 'another-amount-back',
    what: 'the gateway is asked for a little less than what is owed',
    container: changeGateway((gateway) => ({
      refund: (order) => {
        const { amountMinor, currency } = order.amount;
        return gateway.refund({ ...order, amount: { amountMinor: amountMinor - 1, currency } });
      },
    })),
  },
  {
    name: 'falls-back-after-silence',
    what: 'a gateway that did not answer counts as one that was not asked, and the next one is',
    weather: { outcomeUnknown: 0.2, crash: 0 },
    container: changeGateway((gateway) => ({
      authorise: (order) =>
        gateway.authorise(order).catch((error: unknown) => {
          throw error instanceof GatewaySilent ? new GatewayResting(error.message) : error;
        }),
    })),
  },
  {
    name: 'left-alone-for-good',
    what: 'a gateway that has failed a few times in a row is never asked again',
    weather: { unavailable: 0.5, crash: 0 },
    container: changeGateway((gateway) => {
      let isResting = false;
      const unlessResting =
        <Asked, Told>(ask: (asked: Asked) => Promise<Told>) =>
        async (asked: Asked): Promise<Told> => {
          if (isResting) throw new GatewayResting(gateway.name);
          return ask(asked).catch((error: unknown) => {
            isResting ||= error instanceof GatewayResting;
            throw error;
          });
        };
      return {
        authorise: unlessResting((order) => gateway.authorise(order)),
        lookUp: unlessResting((reference) => gateway.lookUp(reference)),
        cancel: unlessResting((reference) => gateway.cancel(reference)),
        refund: unlessResting((order) => gateway.refund(order)),
      };
    }),
  },
];
