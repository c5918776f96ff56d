import { createHash, randomBytes } from 'node:crypto';
import { paymentBody, refundBody } from './bodies';
import type { SandboxMovement, SandboxPayment, SandboxRefund, SandboxStore } from './store';

/** What a person, or a header, makes a payment do. */
export const outcomes = ['succeed', 'decline', 'slow', 'twice', 'late', 'never'] as const;
export type Outcome = (typeof outcomes)[number];

/** Told to the caller as it is. */
export class SandboxRefusal extends Error {
  constructor(
    readonly status: 401 | 404 | 409 | 422,
    message: string,
  ) {
    super(message);
  }
}

export interface NewPayment {
  readonly clientReference: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly description: string;
  readonly returnUrl: string;
  readonly expiresAt: string;
  readonly capture: 'at-once' | 'later';
}

export interface NewRefund {
  readonly clientReference: string;
  readonly payment: string;
  readonly amountMinor: number;
  readonly currency: string;
}

const slowSeconds = 5;
/** Well past the hold and past the patience of whoever sold. */
const lateSeconds = 90;

/** The rules of the gateway. Each is called inside the store's `write`. */
export class SandboxPayments {
  constructor(
    private readonly store: SandboxStore,
    private readonly publicUrl: string,
    private readonly now: () => number,
  ) {}

  create(key: string, order: NewPayment, outcome: Outcome | undefined): SandboxPayment {
    const earlier = this.repeated(key, order);
    if (earlier !== undefined) return this.find(earlier);
    const reference = `sp_${randomBytes(16).toString('hex')}`;
    this.store.run(
      `INSERT INTO payments (reference, clientReference, amountMinor, currency, description, returnUrl, expiresAt, capturesLater, status)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'open')`,
      ...[reference, order.clientReference, order.amountMinor, order.currency],
      ...[order.description, order.returnUrl, order.expiresAt, order.capture === 'later' ? 1 : 0],
    );
    this.remember(key, order, reference);
    return outcome === undefined ? this.find(reference) : this.decide(reference, outcome);
  }

  find(reference: string): SandboxPayment {
    const payment = this.store.one('SELECT * FROM payments WHERE reference = ?', reference) as
      SandboxPayment | undefined;
    if (!payment) throw new SandboxRefusal(404, 'There is no such payment.');
    return payment;
  }

  /** Too late once the buyer has paid, or while the bank decides: the payment then says what it is. */
  cancel(reference: string): SandboxPayment {
    this.find(reference);
    this.store.run(
      `UPDATE payments SET status = 'cancelled' WHERE reference = ? AND status IN ('open', 'authorised')`,
      reference,
    );
    return this.find(reference);
  }

  /** What the buyer does, once. `seconds`: how late, where the outcome is `late`. */
  decide(reference: string, outcome: Outcome, seconds?: number): SandboxPayment {
    const payment = this.find(reference);
    if (payment.status !== 'open')
      throw new SandboxRefusal(409, `This payment is ${payment.status} already.`);
    switch (outcome) {
      case 'succeed':
        return this.paid(reference, 1);
      case 'twice':
        return this.paid(reference, 2);
      case 'never':
        return this.paid(reference, 0);
      case 'decline':
        this.store.run(
          `UPDATE payments SET status = 'declined', declineReason = 'The card was declined.' WHERE reference = ?`,
          reference,
        );
        this.tell('payment', reference, 1);
        return this.find(reference);
      case 'slow':
        return this.captureLater(reference, this.now() + slowSeconds * 1000);
      case 'late':
        return this.captureLater(
          reference,
          seconds === undefined
            ? Math.max(Date.parse(payment.expiresAt), this.now()) + lateSeconds * 1000
            : this.now() + seconds * 1000,
        );
    }
  }

  /** The bank has decided on what was slow or late. */
  captureDue(reference: string): void {
    if (this.find(reference).status === 'pending') this.paid(reference, 1);
  }

  /** Takes what was set aside; once, and all of it. */
  take(
    reference: string,
    amount: { readonly amountMinor: number; readonly currency: string },
  ): SandboxPayment {
    const payment = this.find(reference);
    if (payment.status === 'captured') return payment;
    if (payment.status !== 'authorised') throw new SandboxRefusal(409, `This payment is ${payment.status}.`);
    if (amount.amountMinor !== payment.amountMinor || amount.currency !== payment.currency)
      throw new SandboxRefusal(422, 'That is not what was authorised.');
    return this.capture(reference, 1);
  }

  /** What moved in that time, in the order of the clock; `after` is how many of them were seen. */
  movements(since: string, until: string, after: number, limit: number): readonly SandboxMovement[] {
    return this.store.all(
      `SELECT 'capture' AS "is", reference, clientReference, amountMinor, currency, capturedAt AS at FROM payments
       WHERE capturedAt >= ? AND capturedAt < ?
       UNION ALL
       SELECT 'refund', reference, clientReference, amountMinor, currency, refundedAt FROM refunds
       WHERE refundedAt >= ? AND refundedAt < ?
       ORDER BY at, reference LIMIT ? OFFSET ?`,
      ...[since, until, since, until, limit, after],
    ) as readonly SandboxMovement[];
  }

  refund(key: string, order: NewRefund): SandboxRefund {
    const earlier = this.repeated(key, order);
    if (earlier !== undefined) return this.findRefund(earlier);
    const payment = this.find(order.payment);
    if (payment.status !== 'captured' || payment.currency !== order.currency)
      throw new SandboxRefusal(422, 'There is nothing to give back in this currency.');
    if (payment.refundedMinor + order.amountMinor > payment.amountMinor)
      throw new SandboxRefusal(422, 'That is more than is left of what was captured.');
    const reference = `sr_${randomBytes(16).toString('hex')}`;
    this.store.run(
      'UPDATE payments SET refundedMinor = refundedMinor + ? WHERE reference = ?',
      order.amountMinor,
      order.payment,
    );
    this.store.run(
      'INSERT INTO refunds (reference, clientReference, payment, amountMinor, currency, refundedAt) VALUES (?, ?, ?, ?, ?, ?)',
      ...[reference, order.clientReference, order.payment, order.amountMinor, order.currency, this.moment()],
    );
    this.remember(key, order, reference);
    this.tell('refund', reference, 1);
    return this.findRefund(reference);
  }

  findRefund(reference: string): SandboxRefund {
    const refund = this.store.one('SELECT * FROM refunds WHERE reference = ?', reference) as
      SandboxRefund | undefined;
    if (!refund) throw new SandboxRefusal(404, 'There is no such refund.');
    return refund;
  }

  /** In the order of making; `after` is the `seq` of the last one seen. */
  list(after: number, limit: number): readonly SandboxPayment[] {
    return this.store.all(
      'SELECT * FROM payments WHERE seq > ? ORDER BY seq LIMIT ?',
      after,
      limit,
    ) as readonly SandboxPayment[];
  }

  private paid(reference: string, notices: number): SandboxPayment {
    if (this.find(reference).capturesLater === 0) return this.capture(reference, notices);
    this.store.run(`UPDATE payments SET status = 'authorised' WHERE reference = ?`, reference);
    this.tell('payment', reference, notices);
    return this.find(reference);
  }

  private capture(reference: string, notices: number): SandboxPayment {
    this.store.run(
      `UPDATE payments SET status = 'captured', capturedAt = ? WHERE reference = ?`,
      this.moment(),
      reference,
    );
    this.tell('payment', reference, notices);
    return this.find(reference);
  }

  private captureLater(reference: string, dueAt: number): SandboxPayment {
    this.store.run(`UPDATE payments SET status = 'pending' WHERE reference = ?`, reference);
    this.store.run(`INSERT INTO jobs (kind, payload, dueAt) VALUES ('capture', ?, ?)`, reference, dueAt);
    return this.find(reference);
  }

  /** The notice is written with what it speaks of, so that neither exists without the other. */
  private tell(concerns: 'payment' | 'refund', reference: string, times: number): void {
    const body = JSON.stringify({
      id: `sn_${randomBytes(16).toString('hex')}`,
      concerns,
      [concerns]:
        concerns === 'payment'
          ? paymentBody(this.publicUrl, this.find(reference))
          : refundBody(this.findRefund(reference)),
    });
    for (let time = 0; time < times; time++)
      this.store.run(`INSERT INTO jobs (kind, payload, dueAt) VALUES ('webhook', ?, ?)`, body, this.now());
  }

  private repeated(key: string, order: object): string | undefined {
    const earlier = this.store.one('SELECT fingerprint, reference FROM requests WHERE key = ?', key) as
      { fingerprint: string; reference: string } | undefined;
    if (earlier && earlier.fingerprint !== fingerprint(order))
      throw new SandboxRefusal(422, 'This Idempotency-Key was used before with another body.');
    return earlier?.reference;
  }

  private remember(key: string, order: object, reference: string): void {
    this.store.run(
      'INSERT INTO requests (key, fingerprint, reference) VALUES (?, ?, ?)',
      key,
      fingerprint(order),
      reference,
    );
  }

  private moment = (): string => new Date(this.now()).toISOString();
}

const fingerprint = (order: object): string =>
  createHash('sha256').update(JSON.stringify(order)).digest('base64url');
