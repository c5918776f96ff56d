import { Clock, Ids, type Instant } from '@boxoffice/shared/kernel';
import { inject, injectable } from 'tsyringe';
import { learnOfDispute, type RecordedDispute } from './dispute';
import { postDispute, postDisputeWon } from './ledger';
import { Books, Watch, type Commit, type Dispute } from './ports';
import { paymentNotFound } from './refusals';

/** A bank takes a payment back, or gives it up: recorded, entered in the ledger, and told to whoever minds the shop. */
@injectable()
export class DisputeHearing {
  constructor(
    @inject(Books) private readonly books: Books,
    @inject(Watch) private readonly watch: Watch,
    @inject(Clock) private readonly clock: Clock,
    @inject(Ids) private readonly ids: Ids,
  ) {}

  /** `messageId`: the second time it changes nothing. */
  async hear(gateway: string, news: Dispute, messageId: string): Promise<void> {
    const told = await this.books.inOneCommit(async (commit) => {
      const now = this.clock.now();
      const known = await commit.disputes.find(gateway, news.disputeId);
      const dispute = known ?? (await this.opened(commit, gateway, news, now));
      if (!(await commit.firstTime(messageId))) return undefined;
      // Whichever notice comes first: the money had left before it could come back.
      if (!known) await take(commit, dispute);
      const next = learnOfDispute(dispute, news.outcome, now);
      if (next !== dispute && next.state === 'won') await giveBack(commit, dispute);
      if (!known) await commit.disputes.add(next);
      else if (next !== known) await commit.disputes.save(next);
      return next === known ? undefined : next;
    });
    if (told) this.watch.disputed(told);
  }

  private async opened(
    commit: Commit,
    gateway: string,
    { disputeId, paymentId, amount }: Dispute,
    now: Instant,
  ): Promise<RecordedDispute> {
    const payment = await commit.payment(paymentId);
    const order = payment && (await commit.order(payment.orderId));
    if (!order) throw paymentNotFound();
    const { orderId, event } = order;
    const { organizerId } = event;
    const about = { gateway, disputeId, paymentId, orderId, organizerId, amount };
    return {
      id: this.ids.next(),
      ...about,
      state: 'opened',
      openedAt: now,
      settledAt: undefined,
      version: 1,
    };
  }
}

const take = ({ disputes }: Commit, { id, gateway, organizerId, amount, orderId }: RecordedDispute) =>
  disputes.post(postDispute(id, gateway, organizerId, amount), orderId);
const giveBack = ({ disputes }: Commit, { id, gateway, organizerId, amount, orderId }: RecordedDispute) =>
  disputes.post(postDisputeWon(id, gateway, organizerId, amount), orderId);
