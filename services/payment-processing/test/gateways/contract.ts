import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { after, before, type Instant, type Money } from '@boxoffice/shared/kernel';
import { policy, type Policy } from '@boxoffice/shared/resilience';
import {
  GatewayRefused,
  GatewaySilent,
  type Gateway,
  type GatewayMovement,
  type PaymentAtGateway,
  type PaymentToAuthorise,
} from '../../src/core/gateway';
import { quiet } from './quiet';
import type { Silence } from './loopback';

/** A gateway's adapter over a double of its service, and what only the buyer and the bank can do there. */
export interface GatewayDouble {
  readonly gateway: Gateway;
  /** By the double's clock, which `pass` may move. */
  now(): Instant;
  /** A currency that it takes. */
  readonly currency: string;
  /** The buyer pays; the money is captured, or set aside where the payment was opened with `capture: 'later'`. */
  pay(reference: string): Promise<void>;
  /** The bank says no, and that is the end of it; absent where the buyer may try again on the same page. */
  decline?(reference: string): Promise<void>;
  /** How many there are in its books. */
  made(): { readonly payments: number; readonly refunds: number };
  /** The next call, or the next that changes anything, goes unanswered. */
  silence(next: 'change' | 'call', silence: Silence): void;
  /** What it sends when something became of the payment, signed as of now. */
  notice(reference: string): { readonly rawBody: Uint8Array; readonly headers: Record<string, string> };
  /** Whether its signatures say when they were made. */
  readonly signsTime: boolean;
  /** Whether it keeps our names of refunds; it does where absent. */
  readonly keepsRefundIds?: boolean;
  /** Changes what is signed of it; the last digit where absent. */
  tampered?(rawBody: Uint8Array): Uint8Array;
  /** Takes the signature out of the body; it is among the headers where absent. */
  unsigned?(rawBody: Uint8Array): Uint8Array;
  close(): Promise<void>;
}

/** For the adapters under this contract: one attempt, and not for long. */
export const oneAttempt = (): Policy =>
  policy(
    {
      name: 'double',
      timeoutMilliseconds: 400, // less than Stripe's package waits before it asks again by itself
      breaker: { failures: 1000, restMilliseconds: 1 },
      isTransient: (error) => error instanceof GatewaySilent,
    },
    quiet,
  );

/** Lets so many calls through, and sends none after. */
export function restingAfter(calls: number): Policy {
  const others = oneAttempt();
  let left = calls;
  return { run: (work) => (left-- > 0 ? others.run(work) : Promise.reject(new Error('resting'))) };
}

/** What the port in core/gateway.ts promises, for any gateway. */
export function gatewayContract(name: string, open: () => Promise<GatewayDouble>): void {
  describe(`${name}, by the contract of gateways:`, () => {
    let double: GatewayDouble;
    let gateway: Gateway;
    let price: Money;
    let made = 0;
    beforeAll(async () => {
      double = await open();
      gateway = double.gateway;
      price = { amountMinor: 9600, currency: double.currency };
    });
    afterAll(() => double.close());

    const order = (capture: 'at-once' | 'later' = 'at-once'): PaymentToAuthorise => ({
      paymentId: `01jv0h5c9n3yq8t6w2b4d${String(++made).padStart(5, '0')}`,
      orderId: '01jv0h5c9n8m1s4k7p0r3v6x9z',
      amount: price,
      description: 'Winterreise',
      returnUrl: 'https://shop.example/orders/01jv0h5c9n8m1s4k7p0r3v6x9z',
      expiresAt: after(double.now(), { minutes: 15 }),
      capture,
      buyer: { name: 'Ada Example', email: 'ada@example.org' },
    });
    async function paid(capture: 'at-once' | 'later' = 'at-once'): Promise<PaymentAtGateway> {
      const payment = await gateway.authorise(order(capture));
      await double.pay(payment.reference);
      return gateway.lookUp(payment.reference);
    }
    const part = (amountMinor: number): Money => ({ ...price, amountMinor });
    const back = (
      reference: string,
      amount: Money,
      refundId = `01jv0h5c9n3yq8t6w2b5d${++made + 10_000}`,
    ) => ({
      refundId,
      paymentReference: reference,
      amount,
    });
    async function newIn<T>(work: () => Promise<T>): Promise<{ payments: number; refunds: number }> {
      const { payments, refunds } = double.made();
      await work();
      const now = double.made();
      return { payments: now.payments - payments, refunds: now.refunds - refunds };
    }
    const silently = (asked: Promise<unknown>) => expect(asked).rejects.toBeInstanceOf(GatewaySilent);
    const refused = (asked: Promise<unknown>) => expect(asked).rejects.toBeInstanceOf(GatewayRefused);
    const silences: readonly Silence[] = (['cut', 'slow', 500, 503] as const).flatMap((how) => [
      { how, done: true },
      { how, done: false },
    ]);

    describe('a payment', () => {
      it('is opened under our id, and paid where it says', async () => {
        const wanted = order();
        const opened = await gateway.authorise(wanted);
        expect(opened).toMatchObject({ paymentId: wanted.paymentId, outcome: { is: 'open' } });
        expect(opened.reference).toMatch(/^[\w.~-]{1,128}$/);
        expect(opened.checkoutUrl).toMatch(/^https?:\/\//);
        expect(await gateway.lookUp(opened.reference)).toMatchObject({
          paymentId: wanted.paymentId,
          reference: opened.reference,
          outcome: { is: 'open' },
        });
      });

      it('is opened once, however often it is asked for under one id', async () => {
        const wanted = order();
        const answers: PaymentAtGateway[] = [];
        const count = await newIn(async () => {
          for (let i = 0; i < 3; i++) answers.push(await gateway.authorise(wanted));
        });
        expect(new Set(answers.map(({ reference }) => reference)).size).toBe(1);
        expect(count.payments).toBe(1);
      });

      it('is captured once the buyer has paid', async () => {
        const { outcome } = await paid();
        expect(outcome).toMatchObject({ is: 'captured', amount: price });
        const { capturedAt } = outcome as { capturedAt: Instant };
        expect(capturedAt <= after(double.now(), { minutes: 1 })).toBe(true);
        expect(capturedAt >= before(double.now(), { minutes: 60 })).toBe(true);
      });

      it('is declined where the bank says no', async () => {
        if (!double.decline) return;
        const { reference } = await gateway.authorise(order());
        await double.decline(reference);
        const { outcome } = await gateway.lookUp(reference);
        expect(outcome).toEqual({ is: 'declined', reason: expect.stringMatching(/./) });
      });

      it('is cancelled before it is paid, once and again', async () => {
        const { reference } = await gateway.authorise(order());
        expect((await gateway.cancel(reference)).outcome).toEqual({ is: 'cancelled' });
        expect((await gateway.cancel(reference)).outcome).toEqual({ is: 'cancelled' });
        expect((await gateway.lookUp(reference)).outcome).toEqual({ is: 'cancelled' });
      });

      it('says that it was captured, where it is too late to cancel it', async () => {
        const { reference } = await gateway.authorise(order());
        await double.pay(reference);
        expect((await gateway.cancel(reference)).outcome).toMatchObject({ is: 'captured', amount: price });
        expect((await gateway.lookUp(reference)).outcome.is).toBe('captured');
      });

      it('says that it was declined, where there is nothing left to cancel', async () => {
        if (!double.decline) return;
        const { reference } = await gateway.authorise(order());
        await double.decline(reference);
        expect(['declined', 'cancelled']).toContain((await gateway.cancel(reference)).outcome.is);
      });

      it('that never was is a no', async () => {
        const { reference } = await gateway.authorise(order());
        const noneSuch = reference.slice(0, -4) + (reference.endsWith('0000') ? '1111' : '0000');
        await refused(gateway.lookUp(noneSuch));
      });
    });

    describe('a refund', () => {
      it('gives all of it back', async () => {
        const { reference } = await paid();
        const wanted = back(reference, price);
        const refund = await gateway.refund(wanted);
        expect(refund.refundId).toBe(wanted.refundId);
        expect(['pending', 'succeeded']).toContain(refund.outcome.is);
        expect(await gateway.lookUpRefund(refund.reference, reference)).toMatchObject({
          ...(double.keepsRefundIds === false ? {} : { refundId: wanted.refundId }),
          reference: refund.reference,
        });
      });

      it('gives parts back, and never more than was captured', async () => {
        const { reference } = await paid();
        const count = await newIn(async () => {
          await gateway.refund(back(reference, part(5000)));
          await gateway.refund(back(reference, part(3000)));
          await refused(gateway.refund(back(reference, part(1601))));
          await gateway.refund(back(reference, part(1600)));
          await refused(gateway.refund(back(reference, part(1))));
        });
        expect(count.refunds).toBe(3);
      });

      it('is made once, however often it is asked for under one id', async () => {
        const { reference } = await paid();
        const wanted = back(reference, part(4000));
        const references = new Set<string>();
        const count = await newIn(async () => {
          for (let i = 0; i < 3; i++) references.add((await gateway.refund(wanted)).reference);
        });
        expect([references.size, count.refunds]).toEqual([1, 1]);
      });

      it('of what was not paid is a no', async () => {
        const { reference } = await gateway.authorise(order());
        const count = await newIn(() => refused(gateway.refund(back(reference, price))));
        expect(count.refunds).toBe(0);
      });
    });

    describe('no answer', () => {
      it.each(silences)(
        'to opening a payment ($how, done: $done) is silence, and asking again finds it or makes it',
        async (silence) => {
          const wanted = order();
          const count = await newIn(async () => {
            double.silence('change', silence);
            await silently(gateway.authorise(wanted));
            const opened = await gateway.authorise(wanted);
            expect(opened).toMatchObject({ paymentId: wanted.paymentId, outcome: { is: 'open' } });
          });
          expect(count.payments).toBe(1);
        },
      );

      it.each(silences)(
        'to a refund ($how, done: $done) is silence, and asking again finds it or makes it',
        async (silence) => {
          const { reference } = await paid();
          const wanted = back(reference, part(2500));
          const count = await newIn(async () => {
            double.silence('change', silence);
            await silently(gateway.refund(wanted));
            expect((await gateway.refund(wanted)).refundId).toBe(wanted.refundId);
          });
          expect(count.refunds).toBe(1);
        },
      );

      it.each(silences)('to cancelling ($how, done: $done) is silence', async (silence) => {
        const { reference } = await gateway.authorise(order());
        double.silence('call', silence);
        await silently(gateway.cancel(reference));
        expect((await gateway.cancel(reference)).outcome).toEqual({ is: 'cancelled' });
      });

      it.each(['cut', 'slow', 500, 503, 429, 401] as const)('to a look-up (%s) is silence', async (how) => {
        const { reference } = await gateway.authorise(order());
        double.silence('call', { how, done: false });
        await silently(gateway.lookUp(reference));
        expect((await gateway.lookUp(reference)).outcome.is).toBe('open');
      });
    });

    describe('what is captured later', () => {
      const able = (test: () => Promise<void>) => async () => {
        if (!gateway.abilities.capturesLater) return;
        await test();
      };

      it(
        'is set aside first, and captured once',
        able(async () => {
          const wanted = order('later');
          const { reference } = await gateway.authorise(wanted);
          await double.pay(reference);
          expect((await gateway.lookUp(reference)).outcome).toEqual({ is: 'authorised', amount: price });
          const capture = { paymentId: wanted.paymentId, amount: price };
          double.silence('change', { how: 'cut', done: true });
          await silently(gateway.capture(reference, capture));
          for (let i = 0; i < 2; i++)
            expect((await gateway.capture(reference, capture)).outcome).toMatchObject({
              is: 'captured',
              amount: price,
            });
        }),
      );

      it(
        'is taken back where it is not captured',
        able(async () => {
          const { reference, paymentId } = await paid('later');
          expect((await gateway.cancel(reference)).outcome).toEqual({ is: 'cancelled' });
          await refusedOrCancelled(gateway.capture(reference, { paymentId, amount: price }));
        }),
      );

      async function refusedOrCancelled(asked: Promise<PaymentAtGateway>): Promise<void> {
        const answer = await asked.catch((error: unknown) => error);
        if (answer instanceof Error) expect(answer).toBeInstanceOf(GatewayRefused);
        else expect((answer as PaymentAtGateway).outcome.is).toBe('cancelled');
      }
    });

    describe('its own books', () => {
      it('have each movement once, and add up', async () => {
        const since = before(double.now(), { minutes: 1 });
        const payment = await paid();
        const refunds = [back(payment.reference, part(1000)), back(payment.reference, part(500))];
        const ourIds = new Map([[payment.paymentId, payment.paymentId]]);
        for (const refund of refunds) {
          const { reference } = await gateway.refund(refund);
          ourIds.set(double.keepsRefundIds === false ? reference : refund.refundId, refund.refundId);
        }
        await gateway.authorise(order());
        const all = await movementsIn(since, after(double.now(), { minutes: 1 }));
        const ours = all.flatMap(({ is, ourId, reference, amount }) => {
          const known = ourIds.get(ourId ?? reference);
          return known === undefined ? [] : [[is, known, amount]];
        });
        expect(ours.sort()).toEqual(
          [
            ['capture', payment.paymentId, price],
            ['refund', refunds[0]!.refundId, part(1000)],
            ['refund', refunds[1]!.refundId, part(500)],
          ].sort(),
        );
        expect(new Set(all.map(({ reference, is }) => `${is} ${reference}`)).size).toBe(all.length);
        expect(await movementsIn(before(since, { minutes: 120 }), before(since, { minutes: 90 }))).toEqual(
          [],
        );
      });

      async function movementsIn(since: Instant, until: Instant): Promise<readonly GatewayMovement[]> {
        const found: GatewayMovement[] = [];
        for await (const movement of gateway.movements(since, until)) found.push(movement);
        return found;
      }
    });

    describe('a notice', () => {
      it('is believed with its signature, and speaks of our payment', async () => {
        const payment = await paid();
        const { rawBody, headers } = double.notice(payment.reference);
        const verdict = await gateway.verifyWebhook(rawBody, headers, double.now());
        expect(verdict).toMatchObject({
          genuine: true,
          notice: { payment: { paymentId: payment.paymentId, outcome: { is: 'captured', amount: price } } },
        });
        const again = await gateway.verifyWebhook(rawBody, headers, double.now());
        expect(again).toEqual(verdict);
        const { id } = (verdict as { notice: { id: string } }).notice;
        expect(id).toMatch(/^.{1,50}$/);
      });

      it('is not believed when it was changed, or is not signed', async () => {
        const { reference } = await paid();
        const { rawBody, headers } = double.notice(reference);
        const changed = double.tampered?.(rawBody) ?? withAnotherDigit(rawBody);
        expect(Buffer.from(changed).equals(Buffer.from(rawBody))).toBe(false);
        for (const [body, signed] of [
          [changed, headers],
          [double.unsigned?.(rawBody) ?? rawBody, {}],
        ] as const)
          expect(await gateway.verifyWebhook(body, signed, double.now())).toMatchObject({ genuine: false });
      });

      it('is not believed when it is old, or from the future, where its signature says when it was made', async () => {
        if (!double.signsTime) return;
        const { reference } = await paid();
        const { rawBody, headers } = double.notice(reference);
        const verdictAt = (now: Instant) => gateway.verifyWebhook(rawBody, headers, now);
        expect(await verdictAt(after(double.now(), { seconds: 290 }))).toMatchObject({ genuine: true });
        expect(await verdictAt(after(double.now(), { seconds: 310 }))).toEqual({
          genuine: false,
          fault: 'too-old',
        });
        expect(await verdictAt(before(double.now(), { seconds: 310 }))).toEqual({
          genuine: false,
          fault: 'from-the-future',
        });
      });
    });
  });
}

const withAnotherDigit = (rawBody: Uint8Array): Uint8Array =>
  Buffer.from(
    Buffer.from(rawBody)
      .toString()
      .replace(/\d(?=\D*$)/, (digit) => String((Number(digit) + 1) % 10)),
  );
