import { Clock, Ids, type Money } from '@boxoffice/shared/kernel';
import { inject, injectable } from 'tsyringe';
import { postPayout } from '../ledger';
import { Books, type RepeatableRequest } from '../ports';
import { aboveBalance, organizerNotFound } from '../refusals';
import { Desk, type Caller } from './desk';
import type { Payout } from './payout';
import { FinanceRecords } from './ports';

export interface RecordPayout {
  readonly organizerId: string;
  readonly amount: Money;
  readonly reference: string;
  readonly request: RepeatableRequest;
}

@injectable()
export class Payouts {
  constructor(
    @inject(Books) private readonly books: Books,
    @inject(FinanceRecords) private readonly records: FinanceRecords,
    @inject(Desk) private readonly desk: Desk,
    @inject(Clock) private readonly clock: Clock,
    @inject(Ids) private readonly ids: Ids,
  ) {}

  /** For the platform's people. Never more than is owed, however many record at once. */
  async record({ organizerId, amount, reference, request }: RecordPayout): Promise<Payout> {
    if ((await this.records.balances(organizerId)).length === 0) throw organizerNotFound();
    return this.books.once(request, async (commit) => {
      const payout = {
        payoutId: this.ids.next(),
        organizerId,
        amount,
        reference,
        paidAt: this.clock.now(),
      };
      const left = await commit.addPayout(payout, postPayout(payout.payoutId, organizerId, amount));
      if (left < 0) throw aboveBalance(left + amount.amountMinor, amount.currency);
      return payout;
    });
  }

  async list(
    caller: Caller,
    organizerId: string,
    page: { readonly limit: number; readonly before: string | undefined },
  ): Promise<readonly Payout[]> {
    await this.desk.refuseStrangers(organizerId, caller);
    return this.records.payouts(organizerId, page);
  }

  async balances(caller: Caller, organizerId: string): Promise<readonly Money[]> {
    await this.desk.refuseStrangers(organizerId, caller);
    return this.records.balances(organizerId);
  }
}
