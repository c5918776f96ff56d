/**
 * The life of an order as one table: what it does when it hears something, in each state that it can be in. The code
 * around it only reads the table, keeps the row and carries the effects out, all in one commit.
 */
export type OrderState =
  | 'placed' // waits for the buyer's money
  | 'paid' // waits for ticket-inventory's answer
  | 'fulfilled' // the tickets are the buyer's
  | 'partly-refunded' // some of the money went back, perhaps for some of the tickets
  | 'expired' // nobody paid in time; money that arrives all the same is still taken in
  | 'refunding' // it is to have no tickets; waits for the gateway to give the money back
  | 'refunded'
  | 'cancelled'; // given up by the buyer before it was paid; or no gateway was paid, and there is no ticket any more

export type OrderMessage =
  | 'nothing-to-pay' // its total is zero
  | 'captured' // a payment of this order was captured that had not been before
  | 'captured-too-late' // the same, after the uses or the gift cards that its price rests on went to others
  | 'payment-ended' // declined, or taken back: nothing was captured
  | 'deadline-passed' // what the state waits for is overdue, or is not to be had any more
  | 'given-up' // the buyer wants it no more, and has not paid
  | 'tickets-issued'
  | 'hold-refused' // ticket-inventory has nothing left for a paid order
  | 'free-hold-refused' // the same for a free one
  | 'called-off' // its event is cancelled, and no gateway was paid for it
  | 'refund-asked' // somebody who may wants (some of) the money back
  | 'part-refunded' // some of the payment that paid for the order went back
  | 'refund-succeeded' // and with this the last of it
  | 'surplus-refunded' // a payment beside that one went back
  | 'refund-failed'; // the gateway will not give back

/** Written in the commit that changes the state. */
export type Effect =
  | 'post-capture' // ledger: gateway to organiser
  | 'post-fee' // ledger: what the platform keeps of it
  | 'count-sale' // the organiser's figures
  | 'announce-captured' // ticket-inventory is to issue tickets, or to say that it can't
  | 'return-uses' // of discounts and tiers: others may have them
  | 'return-gift-cards' // what they paid of the order is on them again
  | 'credit-gift-cards' // with a credit note over that, where nothing else goes back
  | 'close-other-payment' // if another payment is still open, it is taken back at the gateway at once
  | 'refund-no-tickets' // the payment at hand goes back, and the ledger says that it is owed
  | 'refund-paid-twice'
  | 'refund-given-up'
  | 'request-refund' // the same for what was asked for
  | 'announce-fulfilled' // with its invoice, which is issued now
  | 'post-refund' // ledger: out of the gateway
  | 'post-refund-failed' // ledger: owed no more, until a person decides
  | 'announce-refunded' // and which tickets are void; with a credit note, where there was an invoice
  | 'announce-cancelled' // no refund will tell the buyer
  | 'void-late-tickets'; // announced again, with the tickets that came after the money had gone

export interface Move {
  readonly state: OrderState;
  readonly effects: readonly Effect[];
}
/** What can't be heard in this state unless somebody's books are wrong: the message is kept for a person to look at. */
export interface Contradiction {
  readonly contradiction: string;
}

const to = (state: OrderState, ...effects: Effect[]): Move => ({ state, effects });
const never = (contradiction: string): Contradiction => ({ contradiction });

const notPaid = never('the order was never paid for');
const holdsOn = never('what its price rests on was not given back');
const noRefund = never('no refund was asked for');
const notFree = never('the order is not free');
const hasTickets = never('tickets were issued for it before');
const isPaid = never('the order is paid for');
const isOver = never('all of its money is on its way back');
const hasNone = never('ticket-inventory said before that there are none for it');

const paidInTime = to('paid', 'post-capture', 'count-sale', 'announce-captured', 'close-other-payment');

export const orderSaga: Readonly<Record<OrderState, Readonly<Record<OrderMessage, Move | Contradiction>>>> = {
  placed: {
    'nothing-to-pay': to('paid', 'count-sale', 'announce-captured'),
    captured: paidInTime,
    'captured-too-late': holdsOn,
    'payment-ended': to('placed'),
    'deadline-passed': to('expired', 'return-uses', 'return-gift-cards', 'close-other-payment'),
    'given-up': to('cancelled', 'return-uses', 'return-gift-cards', 'close-other-payment'),
    'tickets-issued': notPaid,
    'hold-refused': notPaid,
    'free-hold-refused': notPaid,
    'called-off': notPaid,
    'refund-asked': notPaid,
    'part-refunded': noRefund,
    'refund-succeeded': noRefund,
    'surplus-refunded': noRefund,
    'refund-failed': noRefund,
  },
  expired: {
    'nothing-to-pay': notFree,
    // Late, but paid: ticket-inventory holds again if stock remains, and says so if it doesn't.
    captured: paidInTime,
    'captured-too-late': to(
      'refunding',
      'post-capture',
      'count-sale',
      'refund-no-tickets',
      'close-other-payment',
    ),
    'payment-ended': to('expired'),
    'deadline-passed': to('expired'),
    'given-up': to('cancelled', 'close-other-payment'),
    'tickets-issued': notPaid,
    'hold-refused': notPaid,
    'free-hold-refused': notPaid,
    'called-off': notPaid,
    'refund-asked': notPaid,
    'part-refunded': noRefund,
    'refund-succeeded': noRefund,
    'surplus-refunded': noRefund,
    'refund-failed': noRefund,
  },
  paid: {
    'nothing-to-pay': to('paid'),
    captured: to('paid', 'post-capture', 'refund-paid-twice'),
    'captured-too-late': holdsOn,
    'payment-ended': to('paid'),
    'deadline-passed': to('paid', 'announce-captured'),
    'given-up': isPaid,
    'tickets-issued': to('fulfilled', 'post-fee', 'announce-fulfilled'),
    'hold-refused': to('refunding', 'return-uses', 'return-gift-cards', 'refund-no-tickets'),
    'free-hold-refused': to('cancelled', 'return-uses', 'return-gift-cards', 'announce-cancelled'),
    'called-off': to('paid'),
    // The tickets may be on their way: they are void when they come.
    'refund-asked': to('refunding', 'return-uses', 'return-gift-cards', 'request-refund'),
    'part-refunded': noRefund,
    'refund-succeeded': noRefund,
    'surplus-refunded': to('paid', 'post-refund', 'announce-refunded'),
    'refund-failed': to('paid', 'post-refund-failed'),
  },
  fulfilled: {
    'nothing-to-pay': to('fulfilled'),
    captured: to('fulfilled', 'post-capture', 'refund-paid-twice'),
    'captured-too-late': holdsOn,
    'payment-ended': to('fulfilled'),
    'deadline-passed': to('fulfilled'),
    'given-up': isPaid,
    'tickets-issued': to('fulfilled'),
    'hold-refused': hasTickets,
    'free-hold-refused': hasTickets,
    'called-off': to(
      'cancelled',
      'return-uses',
      'return-gift-cards',
      'credit-gift-cards',
      'announce-cancelled',
    ),
    'refund-asked': to('fulfilled', 'request-refund'),
    'part-refunded': to('partly-refunded', 'post-refund', 'announce-refunded'),
    'refund-succeeded': to('refunded', 'post-refund', 'return-gift-cards', 'announce-refunded'),
    'surplus-refunded': to('fulfilled', 'post-refund', 'announce-refunded'),
    'refund-failed': to('fulfilled', 'post-refund-failed'),
  },
  'partly-refunded': {
    'nothing-to-pay': notFree,
    captured: to('partly-refunded', 'post-capture', 'refund-paid-twice'),
    'captured-too-late': holdsOn,
    'payment-ended': to('partly-refunded'),
    'deadline-passed': to('partly-refunded'),
    'given-up': isPaid,
    'tickets-issued': to('partly-refunded'),
    'hold-refused': hasTickets,
    'free-hold-refused': notFree,
    'called-off': notFree,
    'refund-asked': to('partly-refunded', 'request-refund'),
    'part-refunded': to('partly-refunded', 'post-refund', 'announce-refunded'),
    'refund-succeeded': to('refunded', 'post-refund', 'return-gift-cards', 'announce-refunded'),
    'surplus-refunded': to('partly-refunded', 'post-refund', 'announce-refunded'),
    'refund-failed': to('partly-refunded', 'post-refund-failed'),
  },
  refunding: {
    'nothing-to-pay': notFree,
    captured: to('refunding', 'post-capture', 'refund-no-tickets'),
    'captured-too-late': holdsOn,
    'payment-ended': to('refunding'),
    // The refund has a deadline of its own, and asks the gateway again by itself.
    'deadline-passed': to('refunding'),
    'given-up': isPaid,
    // Kept, and void with the refund that is on its way.
    'tickets-issued': to('refunding'),
    'hold-refused': to('refunding'),
    'free-hold-refused': notFree,
    'called-off': notFree,
    // After one that the gateway would not carry out.
    'refund-asked': to('refunding', 'request-refund'),
    'part-refunded': to('refunding', 'post-refund', 'announce-refunded'),
    'refund-succeeded': to('refunded', 'post-refund', 'announce-refunded'),
    'surplus-refunded': to('refunding', 'post-refund', 'announce-refunded'),
    'refund-failed': to('refunding', 'post-refund-failed'),
  },
  refunded: {
    'nothing-to-pay': notFree,
    captured: to('refunded', 'post-capture', 'refund-no-tickets'),
    'captured-too-late': holdsOn,
    'payment-ended': to('refunded'),
    'deadline-passed': to('refunded'),
    'given-up': isPaid,
    'tickets-issued': to('refunded', 'void-late-tickets'),
    'hold-refused': to('refunded'),
    'free-hold-refused': notFree,
    'called-off': notFree,
    'refund-asked': isOver,
    'part-refunded': to('refunded'),
    'refund-succeeded': to('refunded'),
    'surplus-refunded': to('refunded', 'post-refund', 'announce-refunded'),
    'refund-failed': to('refunded', 'post-refund-failed'),
  },
  cancelled: {
    'nothing-to-pay': to('cancelled'),
    captured: to('cancelled', 'post-capture', 'refund-given-up'),
    'captured-too-late': to('cancelled', 'post-capture', 'refund-given-up'),
    'payment-ended': to('cancelled'),
    'deadline-passed': to('cancelled'),
    'given-up': to('cancelled'),
    'tickets-issued': hasNone,
    'hold-refused': notPaid,
    'free-hold-refused': to('cancelled'),
    'called-off': to('cancelled'),
    'refund-asked': notPaid,
    'part-refunded': noRefund,
    'refund-succeeded': noRefund,
    'surplus-refunded': to('cancelled', 'post-refund', 'announce-refunded'),
    'refund-failed': to('cancelled', 'post-refund-failed'),
  },
};

/** How long a state waits before its deadline passes; each further time twice as long, up to the limit. */
export const patience = {
  /** After the hold's end: a capture that is on its way is worth waiting for. */
  placed: { seconds: 60 },
  /** ticket-inventory answers within a second, unless it is down. */
  paid: { seconds: 120, atMostSeconds: 3600 },
} as const;
