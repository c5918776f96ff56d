import { Clock, Ids, type Instant } from '@boxoffice/shared/kernel';
import { inject, injectable } from 'tsyringe';
import { AskGateway } from '../ask-gateway';
import type { Payment } from '../payment';
import { Books, GatewaySilent, type Commit } from '../ports';
import type { Review, ReviewState } from './review';
import { nothingToReview, reviewDecided, reviewNotFound } from './refusals';

export interface DecideReview {
  readonly paymentId: string;
  readonly decision: 'approve' | 'reject';
  readonly note: string | undefined;
  readonly userId: string;
}

export interface Reviewed {
  readonly review: Review;
  readonly payment: Payment;
}

/** A person has looked at an authorised payment: it is captured, or taken back. So it is where nobody has looked in time. */
@injectable()
export class ReviewDeciding {
  constructor(
    @inject(Books) private readonly books: Books,
    @inject(AskGateway) private readonly gateway: AskGateway,
    @inject(Clock) private readonly clock: Clock,
    @inject(Ids) private readonly ids: Ids,
  ) {}

  /** Decided first, and then asked for at the gateway: when that is silent, the sweeper asks again. */
  async decide({ paymentId, decision, note, userId }: DecideReview): Promise<Reviewed> {
    const to: ReviewState = decision === 'approve' ? 'approved' : 'rejected';
    const decided = await this.books.inOneCommit(async (commit) => {
      const { review, payment } = await this.of(commit, paymentId);
      if (review.state === to && review.decidedBy === userId) return { review, payment };
      if (review.state !== 'waiting') throw reviewDecided(review.state);
      if (payment.state !== 'authorised' || review.decideBy <= this.clock.now()) throw nothingToReview();
      return this.close(commit, { review, payment }, { to, by: userId, note });
    });
    return { ...decided, payment: await this.carriedOut(decided.payment) };
  }

  async lapse(paymentId: string): Promise<void> {
    const lapsed = await this.books.inOneCommit(async (commit) => {
      const { review, payment } = await this.of(commit, paymentId);
      if (review.state !== 'waiting' || review.decideBy > this.clock.now()) return undefined;
      return this.close(commit, { review, payment }, { to: 'lapsed', by: undefined, note: undefined });
    });
    if (lapsed) await this.carriedOut(lapsed.payment);
  }

  private async of(commit: Commit, paymentId: string): Promise<Reviewed> {
    // Read before the review: where a twin of this request has captured it meanwhile, the review says that it was decided.
    const payment = await commit.payment(paymentId);
    const review = await commit.fraud.review(paymentId);
    if (!review || !payment) throw reviewNotFound();
    return { review, payment };
  }

  private async close(
    commit: Commit,
    { review, payment }: Reviewed,
    { to, by, note }: { to: ReviewState; by: string | undefined; note: string | undefined },
  ): Promise<Reviewed> {
    const now = this.clock.now();
    const closed: Review = { ...review, state: to, decidedBy: by, decidedAt: now, note };
    await commit.fraud.saveReview(closed);
    await commit.fraud.record({
      decisionId: this.ids.next(),
      stage: 'review',
      decision: to === 'approved' ? 'allow' : 'refuse',
      reasons: review.reasons,
      orderId: review.orderId,
      paymentId: review.paymentId,
      userId: payment.userId,
      decidedBy: by,
      decidedAt: now,
    });
    return { review: closed, payment: await this.due(commit, payment, now) };
  }

  private async due(commit: Commit, payment: Payment, now: Instant): Promise<Payment> {
    if (payment.askAt === undefined) return payment; // it has ended meanwhile
    const due = { ...payment, askAt: now };
    await commit.savePayment(due);
    return due;
  }

  private async carriedOut(payment: Payment): Promise<Payment> {
    try {
      return payment.state === 'authorised' ? await this.gateway.ask(payment) : payment;
    } catch (error) {
      if (error instanceof GatewaySilent) return payment;
      throw error;
    }
  }
}
