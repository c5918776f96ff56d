import { Clock, toMilliseconds } from '@boxoffice/shared/kernel';
import { inject, injectable } from 'tsyringe';
import { Waiting, Watch } from './ports';

/** Tells whoever minds the shop how long money has waited for tickets, also when none does: silence means that nobody looks. */
@injectable()
export class WaitingMeasure {
  constructor(
    @inject(Waiting) private readonly waiting: Waiting,
    @inject(Watch) private readonly watch: Watch,
    @inject(Clock) private readonly clock: Clock,
  ) {}

  async take(): Promise<void> {
    const since = await this.waiting.unfulfilledSince();
    const now = this.clock.now();
    this.watch.unfulfilledFor(Math.max(0, toMilliseconds(now) - toMilliseconds(since ?? now)) / 1000);
  }
}
