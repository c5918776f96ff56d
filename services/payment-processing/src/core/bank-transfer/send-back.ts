import { Clock } from '@boxoffice/shared/kernel';
import { inject, injectable } from 'tsyringe';
import { Books } from '../ports';
import { RefundSettling } from '../settle-refund';
import { transferNotFound } from './refusals';
import type { Outgoing } from './transfer';

/** A person has sent money back at the bank, and says so. */
@injectable()
export class SendingBack {
  constructor(
    @inject(Books) private readonly books: Books,
    @inject(RefundSettling) private readonly refunds: RefundSettling,
    @inject(Clock) private readonly clock: Clock,
  ) {}

  /** Once, whoever says it how often. Should this end before the refund has heard of it, the sweeper looks it up here. */
  async done(outgoingId: string, userId: string): Promise<Outgoing> {
    const outgoing = await this.books.inOneCommit(async (commit) => {
      const due = await commit.transfers.outgoing(outgoingId);
      if (!due) throw transferNotFound();
      if (due.state === 'done') return due;
      const done: Outgoing = { ...due, state: 'done', doneAt: this.clock.now(), doneBy: userId };
      await commit.transfers.saveOutgoing(done);
      return done;
    });
    if (outgoing.what === 'refund' && outgoing.doneAt !== undefined)
      await this.refunds.settle(outgoingId, {
        reference: outgoingId,
        outcome: { is: 'succeeded', refundedAt: outgoing.doneAt },
      });
    return outgoing;
  }
}
