/**
 * The life of an order as one table: what it does when it hears something, in each state that it can be in. The code
 * around it only reads the table, keeps the row and carries the effects out, all in one commit.
 */
export type OrderState =
  | 'placed' // waits for the buyer's money
  | 'paid' // waits for ticket-inventory's answer
  | 'fulfilled' // the tickets are the buyer's
  | 'expired' // nobody paid in time; money that arrives all the same is still taken in
  | 'refunding' // no ticket can be had; waits for the gateway to give the money back
  | 'refunded'
  | 'cancelled'; // a free order for which no ticket could be had

export type OrderMessage =
  | 'nothing-to-pay' // its total is zero
  | 'captured' // a payment of this order was captured that had not been before
  | 'captured-too-late' // the same, after the uses or the gift cards that its price rests on went to others
  | 'payment-ended' // declined, or taken back: nothing was captured
  | 'deadline-passed' // what the state waits for is overdue
  | 'tickets-issued'
  | 'hold-refused' // ticket-inventory has nothing left for a paid order
  | 'free-hold-refused' // the same for a free one
  | 'refund-succeeded' // the payment that paid for the order went back
  | 'surplus-refunded'; // a payment beside that one went back

/** Written in the commit that changes the state. */
export type Effect =
  | 'post-capture' // ledger: gateway to organiser
  | 'announce-captured' // ticket-inventory is to issue tickets, or to say that it can't
  | 'return-uses' // of discounts and tiers: others may have them
  | 'return-gift-cards' // what they paid of the order is on them again
  | 'close-other-payment' // if another payment is still open, it is taken back at the gateway at once
  | 'refund-no-stock-left' // the payment at hand goes back, and the ledger says that it is owed
  | 'refund-paid-twice'
  | 'announce-fulfilled' // with its invoice, which is issued now
  | 'post-refund' // ledger: out of the gateway
  | 'announce-refunded'; // with a credit note, where there was an invoice

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
const free = never('the order is free');
const hasTickets = never('tickets were issued for it before');
const hasNone = never('ticket-inventory said before that there are none for it');

export const orderSaga: Readonly<Record<OrderState, Readonly<Record<OrderMessage, Move | Contradiction>>>> = {
  placed: {
    'nothing-to-pay': to('paid', 'announce-captured'),
    captured: to('paid', 'post-capture', 'announce-captured', 'close-other-payment'),
    'captured-too-late': holdsOn,
    'payment-ended': to('placed'),
    'deadline-passed': to('expired', 'return-uses', 'return-gift-cards', 'close-other-payment'),
    'tickets-issued': notPaid,
    'hold-refused': notPaid,
    'free-hold-refused': notPaid,
    'refund-succeeded': noRefund,
    'surplus-refunded': noRefund,
  },
  expired: {
    'nothing-to-pay': notFree,
    // Late, but paid: ticket-inventory holds again if stock remains, and says so if it doesn't.
    captured: to('paid', 'post-capture', 'announce-captured', 'close-other-payment'),
    'captured-too-late': to('refunding', 'post-capture', 'refund-no-stock-left', 'close-other-payment'),
    'payment-ended': to('expired'),
    'deadline-passed': to('expired'),
    'tickets-issued': notPaid,
    'hold-refused': notPaid,
    'free-hold-refused': notPaid,
    'refund-succeeded': noRefund,
    'surplus-refunded': noRefund,
  },
  paid: {
    'nothing-to-pay': to('paid'),
    captured: to('paid', 'post-capture', 'refund-paid-twice'),
    'captured-too-late': holdsOn,
    'payment-ended': to('paid'),
    'deadline-passed': to('paid', 'announce-captured'),
    'tickets-issued': to('fulfilled', 'announce-fulfilled'),
    'hold-refused': to('refunding', 'return-uses', 'return-gift-cards', 'refund-no-stock-left'),
    'free-hold-refused': to('cancelled', 'return-uses', 'return-gift-cards'),
    'refund-succeeded': noRefund,
    'surplus-refunded': to('paid', 'post-refund', 'announce-refunded'),
  },
  fulfilled: {
    'nothing-to-pay': to('fulfilled'),
    captured: to('fulfilled', 'post-capture', 'refund-paid-twice'),
    'captured-too-late': holdsOn,
    'payment-ended': to('fulfilled'),
    'deadline-passed': to('fulfilled'),
    'tickets-issued': to('fulfilled'),
    'hold-refused': hasTickets,
    'free-hold-refused': hasTickets,
    'refund-succeeded': noRefund,
    'surplus-refunded': to('fulfilled', 'post-refund', 'announce-refunded'),
  },
  refunding: {
    'nothing-to-pay': notFree,
    captured: to('refunding', 'post-capture', 'refund-no-stock-left'),
    'captured-too-late': holdsOn,
    'payment-ended': to('refunding'),
    // The refund has a deadline of its own, and asks the gateway again by itself.
    'deadline-passed': to('refunding'),
    'tickets-issued': hasNone,
    'hold-refused': to('refunding'),
    'free-hold-refused': notFree,
    'refund-succeeded': to('refunded', 'post-refund', 'announce-refunded'),
    'surplus-refunded': to('refunding', 'post-refund', 'announce-refunded'),
  },
  refunded: {
    'nothing-to-pay': notFree,
    captured: to('refunded', 'post-capture', 'refund-no-stock-left'),
    'captured-too-late': holdsOn,
    'payment-ended': to('refunded'),
    'deadline-passed': to('refunded'),
    'tickets-issued': hasNone,
    'hold-refused': to('refunded'),
    'free-hold-refused': notFree,
    'refund-succeeded': to('refunded'),
    'surplus-refunded': to('refunded', 'post-refund', 'announce-refunded'),
  },
  cancelled: {
    'nothing-to-pay': to('cancelled'),
    captured: free,
    'captured-too-late': free,
    'payment-ended': free,
    'deadline-passed': to('cancelled'),
    'tickets-issued': hasNone,
    'hold-refused': free,
    'free-hold-refused': to('cancelled'),
    'refund-succeeded': free,
    'surplus-refunded': free,
  },
};

/** How long a state waits before its deadline passes; each further time twice as long, up to the limit. */
export const patience = {
  /** After the hold's end: a capture that is on its way is worth waiting for. */
  placed: { seconds: 60 },
  /** ticket-inventory answers within a second, unless it is down. */
  paid: { seconds: 120, atMostSeconds: 3600 },
} as const;
