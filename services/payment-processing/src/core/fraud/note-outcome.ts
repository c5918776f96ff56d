import { before, Clock, Ids, type Instant } from '@boxoffice/shared/kernel';
import { inject, injectable } from 'tsyringe';
import { isLive, type Payment } from '../payment';
import { attemptOver, countsOf, Pseudonym, type Weight } from './count';
import { cardMemory, type Rule } from './limits';
import type { FraudBook } from './ports';
import { FraudSettings } from './settings';
import { judge, type Tally, type Verdict } from './verdict';

const aDecline: Weight = ({ counts }) => (counts === 'declines' ? 1 : undefined);
const declinesAsTheyStand: Weight = ({ counts }) => (counts === 'declines' ? 0 : undefined);

/** Remembers how payments ended and with which card, for those who try next; in the commit that learns it. */
@injectable()
export class OutcomeNoting {
  constructor(
    @inject(FraudSettings) private readonly settings: FraudSettings,
    @inject(Pseudonym) private readonly pseudonym: Pseudonym,
    @inject(Clock) private readonly clock: Clock,
    @inject(Ids) private readonly ids: Ids,
  ) {}

  /** The payment as it is to be saved: asked about at once, where its card is such that nobody need look at it. */
  async note(
    book: FraudBook,
    past: Payment,
    payment: Payment,
    fingerprint: string | undefined,
  ): Promise<Payment> {
    const { state } = payment;
    if (state === past.state || !['authorised', 'captured', 'declined'].includes(state)) return payment;
    const now = this.clock.now();
    if (state === 'declined') await this.declined(book, payment, now);
    if (state === 'captured') await this.forgiven(book, payment, now);
    const seenBefore = past.state === 'authorised' || !isLive(past.state);
    if (fingerprint === undefined || seenBefore) return payment;
    const cardId = this.pseudonym(`card~${payment.gateway}~${fingerprint}`);
    const verdict = judge(await this.card(book, cardId, payment, now));
    if (verdict.decision === 'allow') return payment;
    return this.heeded(book, payment, verdict, now);
  }

  private async declined(book: FraudBook, { paymentId, userId }: Payment, now: Instant): Promise<void> {
    const address = await book.addressOf(paymentId);
    const known = { account: userId, ...(address === undefined ? {} : { address }) };
    await book.count(countsOf(this.settings.rules, known, aDecline, now, this.pseudonym));
  }

  /** Declines count in a row: whoever pays in the end had the wrong card at hand before. An address stands for many. */
  private async forgiven(book: FraudBook, { userId }: Payment, now: Instant): Promise<void> {
    const known = { account: userId };
    await book.clear(countsOf(this.settings.rules, known, declinesAsTheyStand, now, this.pseudonym));
  }

  private async card(
    book: FraudBook,
    card: string,
    { userId, amount, state }: Payment,
    now: Instant,
  ): Promise<readonly Tally[]> {
    const rules = this.settings.rules.filter(({ subject }) => subject === 'card');
    const accounts = await book.cardUsed(card, userId, now, before(now, cardMemory));
    const over = attemptOver(amount);
    const weigh = (rule: Rule) => (rule.counts === 'declines' ? Number(state === 'declined') : over(rule));
    const counts = countsOf(rules, { card }, weigh, now, this.pseudonym);
    const stands = await book.count(counts);
    return [
      ...counts.map(({ rule }, at) => ({ rule, stands: stands[at] ?? 0 })),
      ...rules.flatMap((rule) => (rule.counts === 'accounts' ? [{ rule, stands: accounts }] : [])),
    ];
  }

  /** What is captured stays so, and the next attempt is judged by it; what still waits for a person need not, if it is refused. */
  private async heeded(
    book: FraudBook,
    payment: Payment,
    { decision, reasons }: Verdict,
    now: Instant,
  ): Promise<Payment> {
    const { paymentId, orderId, userId } = payment;
    await book.record({
      decisionId: this.ids.next(),
      stage: 'outcome',
      decision,
      reasons,
      orderId,
      paymentId,
      userId,
      decidedBy: undefined,
      decidedAt: now,
    });
    const review = payment.state === 'authorised' ? await book.review(paymentId) : undefined;
    if (review?.state !== 'waiting') return payment;
    const all = [...review.reasons, ...reasons];
    if (decision !== 'refuse') {
      await book.saveReview({ ...review, reasons: all });
      return payment;
    }
    await book.saveReview({ ...review, reasons: all, state: 'rejected', decidedAt: now });
    return { ...payment, askAt: now };
  }
}
