import type { Clock, Instant } from '@boxoffice/shared/kernel';
import { isSqlFault, StaleVersion, type Database } from '@boxoffice/shared/sql';
import { referenceOf } from '../../core/bank-transfer/creditor-reference';
import { bankTransfer, type Page, type TransferBook } from '../../core/bank-transfer/ports';
import type { Outgoing, Transfer } from '../../core/bank-transfer/transfer';
import {
  GatewayRefused,
  GatewaySilent,
  type Gateway,
  type GatewayAbilities,
  type GatewayMovement,
  type PaymentAtGateway,
  type PaymentOutcome,
  type PaymentToAuthorise,
  type RefundAtGateway,
  type RefundToMake,
  type WebhookVerdict,
} from '../../core/gateway';
import type { PaymentTables } from '../tables';
import { SqlTransfers } from './sql-transfers';
import { transferBook } from './transfer-book';

const movementsAtOnce = 500;

/** Payments into the operator's own account. There is nobody to ask: its books are tables of ours, which people keep. */
export class BankTransferGateway implements Gateway {
  readonly name = bankTransfer;
  readonly abilities: GatewayAbilities;
  private readonly transfers: SqlTransfers;

  constructor(
    private readonly database: Database<PaymentTables>,
    terms: { readonly currencies: readonly string[]; readonly days: number },
    private readonly clock: Clock,
  ) {
    this.transfers = new SqlTransfers(database);
    this.abilities = {
      currencies: terms.currencies,
      methods: ['bank-transfer'],
      capturesLater: false,
      daysToPay: terms.days,
    };
  }

  async authorise({
    paymentId,
    amount,
    expiresAt,
    returnUrl,
  }: PaymentToAuthorise): Promise<PaymentAtGateway> {
    if (this.abilities.currencies?.includes(amount.currency) !== true)
      throw new GatewayRefused(`no account for ${amount.currency}`);
    const transfer = await this.inBook(async (book) => {
      const earlier = await book.transfer('paymentId', paymentId);
      if (earlier) return earlier;
      const reference = referenceOf(paymentId);
      const fresh: Transfer = {
        ...{ paymentId, reference, amount, payBy: expiresAt },
        ...{ state: 'open', capturedAt: undefined, version: 1 },
      };
      await book.addTransfer(fresh);
      return fresh;
    });
    // Where the buyer comes back to is where the instructions are shown.
    return { ...toldOf(transfer), checkoutUrl: returnUrl };
  }

  capture(): Promise<PaymentAtGateway> {
    return Promise.reject(new GatewayRefused('what has come into the account is captured'));
  }

  lookUp(reference: string): Promise<PaymentAtGateway> {
    return this.inBook(async (book) => toldOf(await existing(book, reference)));
  }

  /** What was collected of it by then is for a person to send back. */
  cancel(reference: string): Promise<PaymentAtGateway> {
    return this.inBook(async (book) => {
      const transfer = await existing(book, reference);
      if (transfer.state !== 'open') return toldOf(transfer);
      const cancelled = { ...transfer, state: 'cancelled' } as const;
      await book.saveTransfer(cancelled);
      for (const part of await book.collectedFor(transfer.paymentId))
        await book.saveCredit({ ...part, state: 'unmatched', why: 'too-late', paymentId: undefined });
      return toldOf(cancelled);
    });
  }

  refund({ refundId, paymentReference, amount }: RefundToMake): Promise<RefundAtGateway> {
    return this.inBook(async (book) => {
      const earlier = await book.outgoing(refundId);
      if (earlier) return refundOf(earlier);
      const transfer = await existing(book, paymentReference);
      const back = (await book.outgoingFor(transfer.paymentId))
        .filter(({ what }) => what === 'refund')
        .reduce((sum, one) => sum + one.amount.amountMinor, amount.amountMinor);
      if (transfer.state !== 'captured' || back > transfer.amount.amountMinor)
        throw new GatewayRefused('that is more than has come in and is left');
      const due: Outgoing = {
        ...{ outgoingId: refundId, what: 'refund', paymentId: transfer.paymentId, amount },
        ...{ state: 'due', dueSince: this.clock.now(), doneAt: undefined, doneBy: undefined, version: 1 },
      };
      await book.addOutgoing(due);
      // Two refunds at once meet here: the one that comes second counts the first.
      await book.saveTransfer(transfer);
      return refundOf(due);
    });
  }

  lookUpRefund(reference: string): Promise<RefundAtGateway> {
    return this.inBook(async (book) => {
      const outgoing = await book.outgoing(reference);
      if (!outgoing) throw new GatewayRefused('no such refund');
      return refundOf(outgoing);
    });
  }

  verifyWebhook(): Promise<WebhookVerdict> {
    return Promise.resolve({ genuine: false, fault: 'unsigned' });
  }

  async *movements(since: Instant, until: Instant): AsyncIterable<GatewayMovement> {
    const captured = (page: Page) => this.transfers.capturedBetween(since, until, page);
    for await (const { reference, paymentId, amount, capturedAt } of all(captured, (one) => one.paymentId))
      if (capturedAt !== undefined)
        yield { is: 'capture', reference, ourId: paymentId, amount, at: capturedAt };
    const sent = (page: Page) => this.transfers.sentBetween(since, until, page);
    for await (const { outgoingId, amount, doneAt } of all(sent, (one) => one.outgoingId))
      if (doneAt !== undefined)
        yield { is: 'refund', reference: outgoingId, ourId: outgoingId, amount, at: doneAt };
  }

  /** In a commit of its own, as a gateway elsewhere would. What the database can't tell now is asked again. */
  private async inBook<T>(work: (book: TransferBook) => Promise<T>): Promise<T> {
    try {
      return await this.database.transaction((tx) => work(transferBook(tx)));
    } catch (error) {
      if (error instanceof StaleVersion || isSqlFault(error))
        throw new GatewaySilent('the books of bank transfers', { cause: error });
      throw error;
    }
  }
}

async function* all<Row>(
  read: (page: Page) => Promise<readonly Row[]>,
  idOf: (row: Row) => string,
): AsyncIterable<Row> {
  for (let after: string | undefined, more = true; more;) {
    const rows = await read({ limit: movementsAtOnce, after });
    yield* rows;
    const last = rows.at(-1);
    after = last && idOf(last);
    more = rows.length === movementsAtOnce;
  }
}

async function existing(book: TransferBook, reference: string): Promise<Transfer> {
  const transfer = await book.transfer('reference', reference);
  if (!transfer) throw new GatewayRefused('no such transfer');
  return transfer;
}

function outcomeOf({ state, amount, capturedAt }: Transfer): PaymentOutcome {
  if (state === 'captured' && capturedAt !== undefined) return { is: 'captured', amount, capturedAt };
  return { is: state === 'cancelled' ? 'cancelled' : 'open' };
}

const toldOf = (transfer: Transfer): PaymentAtGateway => ({
  paymentId: transfer.paymentId,
  reference: transfer.reference,
  outcome: outcomeOf(transfer),
});

const refundOf = ({ outgoingId, doneAt }: Outgoing): RefundAtGateway => ({
  refundId: outgoingId,
  reference: outgoingId,
  outcome: doneAt === undefined ? { is: 'pending' } : { is: 'succeeded', refundedAt: doneAt },
});
