import { setTimeout as wait } from 'node:timers/promises';
import {
  paymentCaptured,
  subscriptions,
  ticketsIssued,
  type PaymentCaptured,
} from '@boxoffice/shared/contracts';
import { route } from '@boxoffice/shared/http';
import type { Platform, Service } from '@boxoffice/shared/platform';

const subscription = subscriptions.find(
  (each) => each.topic === 'ticket-inventory' && each.subscription === 'payment-processing',
);

/** In the place of payment-processing: who posts what was captured is answered once the tickets are issued. */
export function captures({ bus, clock }: Platform): Service {
  if (!subscription) throw new Error('payment-processing does not listen to ticket-inventory');
  const waiting = new Map<string, () => void>();
  const post = route({
    method: 'POST',
    path: '/captures',
    summary: 'Say that an order is paid, and wait for its tickets',
    access: 'signed-in',
    rawBody: true,
    answers: { status: 201, description: 'The tickets are issued' },
    async handle({ raw }) {
      const captured = JSON.parse(Buffer.from(raw).toString()) as PaymentCaptured;
      const { orderId } = captured;
      const issued = new Promise<void>((resolve) => waiting.set(orderId, resolve));
      await bus.publish([
        paymentCaptured.announce(`payment-captured.${orderId}`, orderId, clock.now(), captured),
      ]);
      const inTime = await Promise.race([issued.then(() => true), wait(30_000, false)]);
      if (!inTime) throw new Error(`no tickets for ${orderId}`);
      return { status: 201, body: {} };
    },
  });
  return {
    name: 'payment-processing',
    routes: [post],
    consumers: [
      {
        subscription,
        handle: async (envelope) => {
          if (!ticketsIssued.is(envelope)) return;
          const { orderId } = ticketsIssued.read(envelope);
          waiting.get(orderId)?.();
          waiting.delete(orderId);
        },
      },
    ],
    ...{ timers: [], feeds: [], migrations: [], containers: [], problems: {}, checks: {} },
  };
}
