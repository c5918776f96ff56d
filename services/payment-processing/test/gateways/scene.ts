import { expect } from '@jest/globals';
import { after, before, instant, type Money } from '@boxoffice/shared/kernel';
import type { Policy } from '@boxoffice/shared/resilience';
import {
  GatewayRefused,
  GatewayResting,
  GatewaySilent,
  type Gateway,
  type GatewayMovement,
  type WebhookFault,
  type WebhookNotice,
} from '../../src/core/gateway';
import { restingAfter, type GatewayDouble } from './contract';

/** A payment of a buyer's that every gateway could take, but for its currency. */
export const paymentOf = (amount: Money) =>
  ({
    paymentId: '01jv0h5c9n3yq8t6w2b4d7f1ga',
    orderId: 'order',
    amount,
    description: 'Winterreise',
    returnUrl: 'https://shop.example/orders/order',
    expiresAt: instant('2099-01-01T00:00:00Z'),
    capture: 'at-once',
    buyer: { email: 'ada@example.org', name: 'Ada Example' },
  }) as const;
export const refundId = '01jv0h5c9n3yq8t6w2b4d7f1gb';

type Notice = ReturnType<GatewayDouble['notice']>;
type Asked = Pick<GatewayDouble, 'gateway' | 'now'>;

/** What the gateway takes a notice for. */
export async function heardOf(
  { gateway, now }: Asked,
  { rawBody, headers }: Notice,
): Promise<WebhookNotice | WebhookFault> {
  const verdict = await gateway.verifyWebhook(rawBody, headers, now());
  return verdict.genuine ? verdict.notice : verdict.fault;
}

/** The gateway's books of the minute before and after. */
export async function booksOf({ gateway, now }: Asked): Promise<readonly GatewayMovement[]> {
  const found: GatewayMovement[] = [];
  const all = gateway.movements(before(now(), { minutes: 1 }), after(now(), { minutes: 1 }));
  for await (const movement of all) found.push(movement);
  return found;
}

export async function capturesNothingLater(gateway: Gateway, amount: Money): Promise<void> {
  const later = gateway.authorise({ ...paymentOf(amount), capture: 'later' });
  await expect(later).rejects.toBeInstanceOf(GatewayRefused);
  const captured = gateway.capture('reference', { paymentId: 'p', amount });
  await expect(captured).rejects.toBeInstanceOf(GatewayRefused);
}

/** Of a gateway that looks for a payment before it opens one, or after it could not: one that it may have is not called unknown. */
export async function ownsWhatItMayHave(
  gatewayUnder: (policy: Policy) => Gateway,
  amount: Money,
): Promise<void> {
  const asked = (calls: number) => gatewayUnder(restingAfter(calls)).authorise(paymentOf(amount));
  await expect(asked(0)).rejects.toBeInstanceOf(GatewayResting);
  const once = asked(1);
  await expect(once).rejects.toBeInstanceOf(GatewaySilent);
  await expect(once).rejects.not.toBeInstanceOf(GatewayResting);
}
