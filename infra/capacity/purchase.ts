import { announcements, orderFulfilled, paymentCaptured, ticketsIssued } from '@boxoffice/shared/contracts';

/** What a purchase takes, where it is not counted from the code it is an assumption, or a figure that was measured as README.md says. */

const facts = [paymentCaptured, ticketsIssued, orderFulfilled];
const deliveries = facts.flatMap(
  (fact) => announcements.find((each) => each.fact.type === fact.type)?.consumers ?? [],
);

export const purchase = {
  /** Assumed: tickets of an average order. */
  tickets: 2.5,
  /** Assumed: how many look for each who buys. */
  visitors: 20,
  /** Assumed: what somebody who looks asks for. */
  callsOfVisitor: 6,
  /** Hold, quote, order, payment, the gateway's notice, the order twice, the tickets. */
  callsOfBuyer: 8,
  /** Facts said, and how often one is delivered. */
  sent: facts.length,
  delivered: deliveries.length,
  letters: 1,
  /** Assumed: with tickets and receipt as PDF. */
  letterMegabytes: 0.2,
  /** Each ticket is a document of its holder's wallet, of about 1 KB (`npm run bench -- --only contention` prints what writing costs). */
  walletUnits: 2.5 * 5.5,
  /** Made, taken up, sent: a create and two replaces. */
  letterUnits: 5.5 + 2 * 11,
  /** Alone in its commit; holding and confirming are one each. Among a hundred 0.19, among a thousand 0.06. */
  lonelyCommitUnits: 16,
  /** Measured: processor time over all four services, its papers included. */
  processorMilliseconds: 7.15,
} as const;

export const callsEach = purchase.visitors * purchase.callsOfVisitor + purchase.callsOfBuyer;
/** Service Bus counts a message sent, handed out, and settled. */
export const busOperationsEach = purchase.sent + 2 * purchase.delivered;
/** When little is sold: every hold and every payment is alone in its commit, and every visitor reads the stock once. */
export const quietUnitsEach =
  2 * purchase.lonelyCommitUnits + purchase.walletUnits + purchase.letterUnits + purchase.visitors;
