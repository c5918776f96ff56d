import { after, before, Clock, Ids, type Instant } from '@boxoffice/shared/kernel';
import { inject, injectable } from 'tsyringe';
import type { Order } from '../order';
import type { Payment } from '../payment';
import { asItStands, attemptOver, countsOf, Pseudonym, type Known } from './count';
import { cardMemory, type Rule } from './limits';
import type { FraudBook } from './ports';
import { FraudSettings } from './settings';
import { reviewFor } from './review';
import { judge, type Tally, type Verdict } from './verdict';

export interface Attempt {
  readonly order: Order;
  /** As it is to be recorded, if it is allowed. */
  readonly payment: Payment;
  /** Whether its gateway can authorise now and capture later. */
  readonly capturesLater: boolean;
  /** The caller's, where it is known. */
  readonly address: string | undefined;
}

/** How the payment is to be captured, or why it isn't to be opened. */
export type Admission =
  { readonly capture: Payment['capture'] } | { readonly refused: 'too-often' | 'not-here' | 'not-at-all' };

/** Counts an attempt to pay, and judges it by its count: of all that add to one at once, each is told another number. */
@injectable()
export class AttemptJudging {
  constructor(
    @inject(FraudSettings) private readonly settings: FraudSettings,
    @inject(Pseudonym) private readonly pseudonym: Pseudonym,
    @inject(Clock) private readonly clock: Clock,
    @inject(Ids) private readonly ids: Ids,
  ) {}

  /** Writes to `book`, so that what was counted and decided stays, though the payment be refused. */
  async judge(book: FraudBook, attempt: Attempt): Promise<Admission> {
    const { order, payment, capturesLater } = attempt;
    const now = this.clock.now();
    const known = this.known(attempt);
    const { decision, reasons } = judge([
      ...(await this.counted(book, known, attempt, now)),
      ...(await this.cards(book, order.userId, now)),
    ]);
    const stranded = decision === 'review' && !capturesLater;
    await book.record({
      decisionId: this.ids.next(),
      stage: 'opening',
      decision: stranded ? 'refuse' : decision,
      reasons,
      orderId: order.orderId,
      paymentId: payment.paymentId,
      userId: order.userId,
      decidedBy: undefined,
      decidedAt: now,
    });
    if (stranded) return { refused: 'not-here' };
    if (decision === 'refuse') return { refused: refusalFor(reasons) };
    if (known.address !== undefined)
      await book.keepAddress(payment.paymentId, known.address, after(now, { days: this.settings.keepDays }));
    if (decision === 'allow') return { capture: 'at-once' };
    const { reviewHours } = this.settings;
    await book.addReview(reviewFor(payment, reasons, order.event.startsAt, reviewHours, now));
    return { capture: 'later' };
  }

  private known({ order, address }: Attempt): Known {
    const domain = order.buyer.email.split('@').at(-1)?.toLowerCase();
    return {
      account: order.userId,
      event: order.event.eventId,
      organizer: order.event.organizerId,
      ...(domain === undefined ? {} : { 'mail-domain': domain }),
      ...(address === undefined || this.settings.hashKey === undefined
        ? {}
        : { address: this.pseudonym(`address~${address}`) }),
    };
  }

  private async counted(
    book: FraudBook,
    known: Known,
    { payment }: Attempt,
    now: Instant,
  ): Promise<readonly Tally[]> {
    const over = attemptOver(payment.amount);
    const weigh = (rule: Rule) => (rule.counts === 'declines' ? 0 : over(rule));
    return tallied(book, countsOf(this.settings.rules, known, weigh, now, this.pseudonym));
  }

  /** What card is used this time is not known yet; those that this account has used before are. */
  private async cards(book: FraudBook, userId: string, now: Instant): Promise<readonly Tally[]> {
    const rules = this.settings.rules.filter(({ subject }) => subject === 'card');
    if (rules.length === 0) return [];
    const used = await book.cardsOf(userId, before(now, cardMemory));
    const counts = used.flatMap(({ cardId }) =>
      countsOf(
        rules.filter((rule) => rule.counts !== 'accounts'),
        { card: cardId },
        asItStands,
        now,
        this.pseudonym,
      ),
    );
    return [
      ...(await tallied(book, counts)),
      ...rules.flatMap((rule) =>
        rule.counts === 'accounts' ? used.map(({ accounts }) => ({ rule, stands: accounts })) : [],
      ),
    ];
  }
}

async function tallied(
  book: FraudBook,
  counts: Parameters<FraudBook['count']>[0],
): Promise<readonly Tally[]> {
  const stands = await book.count(counts);
  return counts.map(({ rule }, at) => ({ rule, stands: stands[at] ?? 0 }));
}

/** Whoever was too fast may try again later; whoever else was refused is told nothing that helps. */
const refusalFor = (reasons: Verdict['reasons']): 'too-often' | 'not-at-all' =>
  reasons.every(({ rule, says }) => says !== 'refuse' || rule.includes('.attempts.'))
    ? 'too-often'
    : 'not-at-all';
