import { Clock } from '@boxoffice/shared/kernel';
import { inject, injectable } from 'tsyringe';
import { Books } from './ports';
import { leftOf, settledByHand, type Refund } from './refund';
import { aboveCaptured, refundNotFailed, refundNotFound } from './refusals';
import { settleInBooks } from './settle-refund';

/** A person has given back, some other way, what the gateway would not. */
@injectable()
export class HandSettling {
  constructor(
    @inject(Books) private readonly books: Books,
    @inject(Clock) private readonly clock: Clock,
  ) {}

  /** Safe to repeat. */
  settle(userId: string, refundId: string): Promise<Refund> {
    return this.books.inOneCommit(async (commit) => {
      const refund = await commit.refund(refundId);
      if (!refund) throw refundNotFound();
      if (refund.settledBy !== undefined) return refund;
      if (refund.state !== 'failed') throw refundNotFailed();
      const payment = await commit.payment(refund.paymentId);
      if (!payment) throw new Error(`refund ${refundId} has no payment`);
      const left = leftOf(payment);
      if (left.amountMinor < refund.amount.amountMinor) throw aboveCaptured(left);
      const now = this.clock.now();
      return settleInBooks(commit, settledByHand(refund, userId, now), now);
    });
  }
}
