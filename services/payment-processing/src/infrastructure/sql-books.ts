import { Clock, Ids } from '@boxoffice/shared/kernel';
import { firstTime, once, type Relay } from '@boxoffice/shared/messaging';
import { isSqlFault, StaleVersion, type Database } from '@boxoffice/shared/sql';
import { Telemetry } from '@boxoffice/shared/telemetry';
import type { Transaction } from 'kysely';
import { inject, injectable } from 'tsyringe';
import type { OrderStep } from '../core/advance-order';
import { PaperRules } from '../core/papers/paper-book';
import { PlatformFee } from '../core/platform-fee';
import type { Payment } from '../core/payment';
import type { Books, Commit, RepeatableRequest, StepAbout, Written } from '../core/ports';
import type { Refund } from '../core/refund';
import { allowancesTaken, insertUses, usesToTakeAgain } from './allowance-rows';
import { transferBook } from './bank-transfer/transfer-book';
import { disputeBook } from './dispute-rows';
import { carryOut } from './effects';
import { financeCommit } from './finance-rows';
import { fraudBook } from './fraud/sql-fraud-book';
import { findGiftCards, insertGiftCard, insertShares, sharesToTakeAgain } from './gift-card-rows';
import { Moves } from './moves';
import { findOrder, insertOrder, updateOrder } from './order-rows';
import { findPayment, insertPayment, updatePayment } from './payment-rows';
import { findPriceList } from './price-list';
import { refundCommit } from './refund-job-rows';
import { findRefund, updateRefund } from './refund-rows';
import type { PaymentTables } from './tables';

export const PaymentDatabase = Symbol('PaymentDatabase');
export const OutboxRelay = Symbol('OutboxRelay');

/** How often work begins anew when others were faster; whoever still loses is told to come again. */
const attempts = 10;

@injectable()
export class SqlBooks implements Books {
  constructor(
    @inject(PaymentDatabase) private readonly database: Database<PaymentTables>,
    @inject(OutboxRelay) private readonly relay: Pick<Relay, 'kick'>,
    @inject(Clock) private readonly clock: Clock,
    @inject(Ids) private readonly ids: Ids,
    @inject(Telemetry) private readonly telemetry: Telemetry,
    @inject(PlatformFee) private readonly fee: PlatformFee,
    @inject(PaperRules) private readonly paperRules: PaperRules,
  ) {}

  async inOneCommit<T>(work: (commit: Commit) => Promise<T>, written?: Written): Promise<T> {
    let known = written;
    return this.untilFirst(async (said) => {
      const once = known;
      known = undefined;
      return this.database.transaction((tx) => work(this.commit(tx, said, once)));
    });
  }

  async once<T extends object>(request: RepeatableRequest, work: (commit: Commit) => Promise<T>): Promise<T> {
    const reply = await this.untilFirst((said) =>
      once(this.database, request, this.clock.now(), async (tx) => ({
        status: 200,
        body: await work(this.commit(tx, said)),
      })),
    );
    return reply.body as T;
  }

  /** Both meet here: a row that another changed, and one that another made. Either way it is there on the next look. */
  private async untilFirst<T>(attempt: (said: Said) => Promise<T>): Promise<T> {
    for (let count = 1; ; count++) {
      const said: Said = { something: false, moves: new Moves() };
      try {
        const result = await attempt(said);
        if (said.something) this.relay.kick();
        said.moves.countIn(this.telemetry);
        return result;
      } catch (error) {
        const another = error instanceof StaleVersion || isSqlFault(error, 'UniqueViolation');
        if (!another || count === attempts) throw error;
      }
    }
  }

  private commit(tx: Transaction<PaymentTables>, said: Said, written?: Written): Commit {
    const carry = async ({ order, effects }: OrderStep, about: StepAbout = {}) => {
      if (effects.length === 0) return;
      const { ids, fee, paperRules } = this;
      const stage = {
        tx,
        ids,
        fee,
        paperRules,
        order,
        now: this.clock.now(),
        traceparent: about.payment?.traceparent ?? this.telemetry.traceparent(),
      };
      const spoke = await carryOut(effects, { ...about, ...stage });
      said.something ||= spoke;
    };
    const { moves } = said;
    const order = async (column: 'orderId' | 'holdId', id: string) => {
      const found = written?.order[column] === id ? written.order : await findOrder(tx, column, id);
      if (found) moves.saw(found.orderId, found.state);
      return found;
    };
    return {
      order: (orderId) => order('orderId', orderId),
      orderOfHold: (holdId) => order('holdId', holdId),
      payment: async (paymentId) => {
        const found =
          written?.payment.paymentId === paymentId ? written.payment : await findPayment(tx, paymentId);
        if (found) moves.saw(paymentId, found.state);
        return found;
      },
      refund: async (refundId) => {
        const found = await findRefund(tx, refundId);
        if (found) moves.saw(refundId, found.state);
        return found;
      },
      fraud: fraudBook(tx),
      priceList: (eventId, ticketTypeIds) => findPriceList(tx, eventId, ticketTypeIds),
      taken: (allowanceIds) => allowancesTaken(tx, allowanceIds),
      giftCards: (codeHashes) => findGiftCards(tx, codeHashes),
      ...refundCommit(tx, this.clock.now()),
      ...financeCommit(tx, this.clock.now()),
      transfers: transferBook(tx),
      disputes: disputeBook(tx, this.clock.now()),
      firstTime: (id) => firstTime(tx, { id }, this.clock.now()),
      addOrder: async (step, uses) => {
        await insertOrder(tx, step.order);
        await insertUses(tx, step.order.orderId, uses);
        await insertShares(tx, step.order, this.clock.now());
        await carry(step, undefined);
        // A free one is paid as it is placed.
        moves.saved('orders', step.order.orderId, { state: 'placed' });
        moves.saved('orders', step.order.orderId, { state: step.order.state });
      },
      takeAgain: async (order) => {
        const uses = await usesToTakeAgain(tx, order.orderId);
        const shares = uses && (await sharesToTakeAgain(tx, order, this.clock.now()));
        if (!shares) return false;
        await uses();
        await shares();
        return true;
      },
      addGiftCard: (card, codeHash) => insertGiftCard(tx, card, codeHash),
      addPayment: async (payment) => {
        const traceparent = payment.traceparent ?? this.telemetry.traceparent();
        const traced = traceparent === undefined ? payment : { ...payment, traceparent };
        await insertPayment(tx, traced);
        moves.saved('payments', payment.paymentId, factsOf(payment));
        return traced;
      },
      savePayment: async (payment) => {
        await updatePayment(tx, payment);
        moves.saved('payments', payment.paymentId, factsOf(payment));
      },
      saveRefund: async (refund) => {
        await updateRefund(tx, refund);
        moves.saved('refunds', refund.refundId, factsOf(refund));
      },
      saveOrder: async (step, about) => {
        const saved = await updateOrder(tx, step.order);
        await carry(step, about);
        moves.saved('orders', step.order.orderId, { state: step.order.state });
        return saved;
      },
    };
  }
}

interface Said {
  /** Whether the commit recorded anything for the bus. */
  something: boolean;
  readonly moves: Moves;
}

const factsOf = ({ gateway, state }: Payment | Refund) => ({ gateway, state });
