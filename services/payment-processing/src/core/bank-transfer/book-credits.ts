import { Clock, Ids, sameMoney, type Instant, type Money } from '@boxoffice/shared/kernel';
import { inject, injectable } from 'tsyringe';
import { Books, type Commit } from '../ports';
import { PaymentSettling } from '../settle-payment';
import { referencesIn } from './creditor-reference';
import { creditDoesNotFit, creditNotFound, creditSettled, transferNotFound } from './refusals';
import { doubtOf, type Credit, type Payer, type Transfer } from './transfer';

/** An entry of a bank's statement. */
export interface BookedCredit {
  readonly bankId: string;
  readonly amount: Money;
  readonly remittance: string;
  readonly bookedAt: Instant;
  readonly payer: Payer;
}

/** `contradicts`: an entry of that id is known, and is over another amount. Nothing was changed. */
export type Booked = 'matched' | 'unmatched' | 'known' | 'contradicts';

/** Takes in what has come into the account, and finds out what it is for: by reference, or by a person who knows. */
@injectable()
export class CreditBooking {
  constructor(
    @inject(Books) private readonly books: Books,
    @inject(PaymentSettling) private readonly settling: PaymentSettling,
    @inject(Clock) private readonly clock: Clock,
    @inject(Ids) private readonly ids: Ids,
  ) {}

  /** The same entry twice is taken in once, on whichever statement it stands. What it pays is captured in the same commit. */
  book(entry: BookedCredit): Promise<Booked> {
    return this.books.inOneCommit(async (commit) => {
      const known = await commit.transfers.credit('bankId', entry.bankId);
      if (known) return sameMoney(known.amount, entry.amount) ? 'known' : 'contradicts';
      const transfer = await this.named(commit, entry.remittance);
      const collected = transfer ? await this.collected(commit, transfer) : 0;
      const why = doubtOf(entry.amount, transfer, collected);
      const credit = this.creditFor(entry, why);
      if (why !== undefined || !transfer) {
        await commit.transfers.addCredit(credit);
        return 'unmatched';
      }
      await commit.transfers.addCredit({ ...credit, state: 'matched', paymentId: transfer.paymentId });
      await this.capture(commit, transfer, entry.bookedAt);
      return 'matched';
    });
  }

  /**
   * A person knows what it is for. Too little is collected until the rest has come; of too much the payment takes its part,
   * and the rest is listed to be sent back.
   */
  assign(creditId: string, paymentId: string, userId: string): Promise<Credit> {
    return this.books.inOneCommit(async (commit) => {
      // Read before the credit: what a twin of this request has captured meanwhile, it has also assigned.
      const transfer = await commit.transfers.transfer('paymentId', paymentId);
      const credit = await this.open(commit, creditId, ({ paymentId: of }) => of === paymentId);
      if (credit.state !== 'unmatched') return credit;
      if (!transfer) throw transferNotFound();
      const collected = await this.collected(commit, transfer);
      const why = doubtOf(credit.amount, transfer, collected);
      if (why === 'paid-twice' || why === 'other-currency') throw creditDoesNotFit(why);
      // What nobody waits for any more is not collected in parts.
      if (why === 'too-little' && transfer.state === 'cancelled') throw creditDoesNotFit('too-late');
      const state = why === 'too-little' ? 'collected' : 'matched';
      const assigned: Credit = { ...credit, state, why: undefined, paymentId, decidedBy: userId };
      await commit.transfers.saveCredit(assigned);
      if (why === 'too-little') {
        // Two parts at once meet here: the one that comes second counts the first.
        await commit.transfers.saveTransfer(transfer);
        return assigned;
      }
      if (why === 'too-much')
        await this.owe(
          commit,
          assigned,
          'surplus',
          collected + credit.amount.amountMinor - transfer.amount.amountMinor,
        );
      await this.capture(commit, transfer, credit.bookedAt);
      return assigned;
    });
  }

  /** It is for nothing here: all of it is listed to be sent back. */
  giveBack(creditId: string, userId: string): Promise<Credit> {
    return this.books.inOneCommit(async (commit) => {
      const credit = await this.open(commit, creditId, ({ state }) => state === 'returned');
      if (credit.state !== 'unmatched') return credit;
      const returned: Credit = { ...credit, state: 'returned', decidedBy: userId };
      await commit.transfers.saveCredit(returned);
      await this.owe(commit, returned, 'return', credit.amount.amountMinor);
      return returned;
    });
  }

  /** Throws unless it is still to be said, or was said just so before. */
  private async open(
    commit: Commit,
    creditId: string,
    sameAsNow: (credit: Credit) => boolean,
  ): Promise<Credit> {
    const credit = await commit.transfers.credit('creditId', creditId);
    if (!credit) throw creditNotFound();
    if (credit.state !== 'unmatched' && !sameAsNow(credit)) throw creditSettled(credit.state);
    return credit;
  }

  /** Whoever names two payments of ours has to be asked which. */
  private async named(commit: Commit, remittance: string): Promise<Transfer | undefined> {
    const found = [];
    for (const reference of referencesIn(remittance)) {
      const transfer = await commit.transfers.transfer('reference', reference);
      if (transfer) found.push(transfer);
    }
    return found.length === 1 ? found[0] : undefined;
  }

  private async collected(commit: Commit, { paymentId }: Transfer): Promise<number> {
    const parts = await commit.transfers.collectedFor(paymentId);
    return parts.reduce((sum, { amount }) => sum + amount.amountMinor, 0);
  }

  /** Even one that was given up: the money is here, and the order is paid late. */
  private async capture(commit: Commit, transfer: Transfer, capturedAt: Instant): Promise<void> {
    await commit.transfers.saveTransfer({ ...transfer, state: 'captured', capturedAt });
    for (const part of await commit.transfers.collectedFor(transfer.paymentId))
      await commit.transfers.saveCredit({ ...part, state: 'matched' });
    const { reference, amount } = transfer;
    await this.settling.settleIn(commit, transfer.paymentId, {
      reference,
      outcome: { is: 'captured', amount, capturedAt },
    });
  }

  private owe(
    commit: Commit,
    { creditId, paymentId, amount: { currency } }: Credit,
    what: 'surplus' | 'return',
    amountMinor: number,
  ): Promise<void> {
    return commit.transfers.addOutgoing({
      outgoingId: creditId,
      what,
      paymentId,
      amount: { amountMinor, currency },
      state: 'due',
      dueSince: this.clock.now(),
      doneAt: undefined,
      doneBy: undefined,
      version: 1,
    });
  }

  private creditFor(entry: BookedCredit, why: Credit['why']): Credit {
    return {
      creditId: this.ids.next(),
      ...entry,
      state: 'unmatched',
      why,
      paymentId: undefined,
      decidedBy: undefined,
      version: 1,
    };
  }
}
