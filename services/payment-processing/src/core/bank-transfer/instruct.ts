import { inject, injectable } from 'tsyringe';
import { MyRecords } from '../my-records';
import type { BankAccount } from './epc-code';
import { Transfers } from './ports';
import { transferNotFound } from './refusals';
import type { Transfer } from './transfer';

/** Where money goes; undefined where this installation takes none by bank transfer. */
export const OwnAccount = Symbol('OwnAccount');

export interface Instructions {
  readonly transfer: Transfer;
  readonly account: BankAccount;
  readonly orderId: string;
}

/** What a buyer writes into the form of their bank. */
@injectable()
export class Instructing {
  constructor(
    @inject(MyRecords) private readonly mine: MyRecords,
    @inject(Transfers) private readonly transfers: Transfers,
    @inject(OwnAccount) private readonly own: { readonly account: BankAccount | undefined },
  ) {}

  async of(userId: string, paymentId: string): Promise<Instructions> {
    const { orderId } = await this.mine.payment(userId, paymentId);
    const transfer = await this.transfers.of(paymentId);
    const { account } = this.own;
    if (!transfer || !account) throw transferNotFound();
    return { transfer, account, orderId };
  }
}
