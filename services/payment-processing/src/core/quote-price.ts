import { Clock } from '@boxoffice/shared/kernel';
import { inject, injectable } from 'tsyringe';
import { askPrice, type Wishes } from './ask-price';
import { Records } from './ports';
import type { Price } from './pricing/price';
import { HoldReading } from './read-hold';
import { purchaseRefused } from './refusals';
import { TaxOf } from './tax/tax';

export interface QuotePrice extends Wishes {
  readonly userId: string;
  readonly holdToken: string;
}

/** What an order would cost now. Nothing is reserved by asking: a discount that is nearly used up may be gone when the order is placed. */
@injectable()
export class PriceQuoting {
  constructor(
    @inject(Records) private readonly records: Records,
    @inject(HoldReading) private readonly holds: HoldReading,
    @inject(TaxOf) private readonly taxOf: TaxOf,
    @inject(Clock) private readonly clock: Clock,
  ) {}

  async quote(query: QuotePrice): Promise<Price> {
    const claims = (await this.holds.of(query.holdToken, query.userId))();
    const { price, faults } = await askPrice(this.records, claims, query, this.clock.now(), this.taxOf);
    if (faults.length > 0) throw purchaseRefused(faults);
    return price;
  }
}
