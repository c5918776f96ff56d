import type { IssuedPaper } from '@boxoffice/shared/contracts';
import { inject, injectable } from 'tsyringe';
import { Desk, type Caller } from '../finance/desk';
import type { Order } from '../order';
import { Records } from '../ports';
import { creditNoteNotFound, notIssuedYet, notPaidYet, orderNotFound } from '../refusals';
import { invoiceFacts } from './invoice-facts';
import { PaperRules } from './paper-book';

/** An order's papers, as they were issued: for its buyer, and for whoever minds the money of who sells it. */
@injectable()
export class OrderPapers {
  constructor(
    @inject(Records) private readonly records: Records,
    @inject(Desk) private readonly desk: Desk,
    @inject(PaperRules) private readonly rules: PaperRules,
  ) {}

  async invoice(by: Caller, orderId: string): Promise<IssuedPaper> {
    const order = await this.order(by, orderId);
    const [invoice] = await this.records.papersOf(orderId);
    if (invoice) return invoice;
    if (order.paidAt === undefined) throw notPaidYet();
    if (order.fulfilledAt === undefined) throw notIssuedYet();
    // From before papers were kept: it was numbered as the order.
    const seller = { name: this.rules.seller };
    return { ...invoiceFacts(order, { seller }, order.fulfilledAt), number: orderId };
  }

  /** Oldest first. */
  async creditNotes(by: Caller, orderId: string): Promise<readonly IssuedPaper[]> {
    await this.order(by, orderId);
    const papers = await this.records.papersOf(orderId);
    return papers.filter(({ kind }) => kind === 'credit-note');
  }

  async creditNote(by: Caller, orderId: string, number: string): Promise<IssuedPaper> {
    const notes = await this.creditNotes(by, orderId);
    const note = notes.find((one) => one.number === number);
    if (!note) throw creditNoteNotFound();
    return note;
  }

  private async order(by: Caller, orderId: string): Promise<Order> {
    const order = await this.records.order(orderId);
    const isTheirs =
      order?.userId === by.userId || (order && (await this.desk.admits(order.event.organizerId, by)));
    if (!order || !isTheirs) throw orderNotFound();
    return order;
  }
}
