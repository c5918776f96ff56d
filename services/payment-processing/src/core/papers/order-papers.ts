import type { IssuedPaper } from '@boxoffice/shared/contracts';
import { inject, injectable } from 'tsyringe';
import type { Order } from '../order';
import { Records } from '../ports';
import { creditNoteNotFound, notIssuedYet, notPaidYet, orderNotFound } from '../refusals';
import { invoiceFacts } from './invoice-facts';
import { PaperRules } from './paper-book';

/** An order's papers, as they were issued: for its buyer, and for whoever sells it. */
@injectable()
export class OrderPapers {
  constructor(
    @inject(Records) private readonly records: Records,
    @inject(PaperRules) private readonly rules: PaperRules,
  ) {}

  async invoice(userId: string, orderId: string): Promise<IssuedPaper> {
    const order = await this.order(userId, orderId);
    const [invoice] = await this.records.papersOf(orderId);
    if (invoice) return invoice;
    if (order.paidAt === undefined) throw notPaidYet();
    if (order.fulfilledAt === undefined) throw notIssuedYet();
    // From before papers were kept: it was numbered as the order.
    const seller = { name: this.rules.seller };
    return { ...invoiceFacts(order, { seller }, order.fulfilledAt), number: orderId };
  }

  /** Oldest first. */
  async creditNotes(userId: string, orderId: string): Promise<readonly IssuedPaper[]> {
    await this.order(userId, orderId);
    const papers = await this.records.papersOf(orderId);
    return papers.filter(({ kind }) => kind === 'credit-note');
  }

  async creditNote(userId: string, orderId: string, number: string): Promise<IssuedPaper> {
    const notes = await this.creditNotes(userId, orderId);
    const note = notes.find((one) => one.number === number);
    if (!note) throw creditNoteNotFound();
    return note;
  }

  private async order(userId: string, orderId: string): Promise<Order> {
    const order = await this.records.order(orderId);
    if (!order || (order.userId !== userId && order.event.organizerId !== userId)) throw orderNotFound();
    return order;
  }
}
