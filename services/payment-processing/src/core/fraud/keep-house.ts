import { before, Clock } from '@boxoffice/shared/kernel';
import { inject, injectable } from 'tsyringe';
import { Watch } from '../ports';
import { ReviewDeciding } from './decide-review';
import { cardMemory } from './limits';
import { Reviews } from './ports';

const reviewsInARound = 100;

/** Nothing waits for a person for ever, and nothing is remembered for ever. */
@injectable()
export class FraudKeeping {
  constructor(
    @inject(Reviews) private readonly reviews: Reviews,
    @inject(ReviewDeciding) private readonly deciding: ReviewDeciding,
    @inject(Watch) private readonly watch: Watch,
    @inject(Clock) private readonly clock: Clock,
  ) {}

  async lapse(): Promise<void> {
    for (const paymentId of await this.reviews.overdue(this.clock.now(), reviewsInARound))
      await this.deciding
        .lapse(paymentId)
        .catch((error: unknown) => this.watch.putOff('payment', paymentId, error));
  }

  /** Counts whose window is over, addresses whose time is, and cards that nobody has used for so long. */
  async forget(): Promise<void> {
    const now = this.clock.now();
    await this.reviews.forget(now, before(now, cardMemory));
  }
}
