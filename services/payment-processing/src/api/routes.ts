import type { Route } from '@boxoffice/shared/http';
import type { Press } from '@boxoffice/shared/papers';
import type { DependencyContainer } from 'tsyringe';
import { CreditBooking } from '../core/bank-transfer/book-credits';
import { Instructing } from '../core/bank-transfer/instruct';
import { Transfers } from '../core/bank-transfer/ports';
import { SendingBack } from '../core/bank-transfer/send-back';
import { PaymentConfirming } from '../core/confirm-payment';
import { ReviewDeciding } from '../core/fraud/decide-review';
import { Reviews } from '../core/fraud/ports';
import { FraudSettings } from '../core/fraud/settings';
import { GiftCardIssuing, GiftCardLookUp } from '../core/issue-gift-card';
import { WebhookHearing } from '../core/hear-webhook';
import { MyRecords } from '../core/my-records';
import { PaymentOpening } from '../core/open-payment';
import { OrderPapers } from '../core/papers/order-papers';
import { OrderPlacing } from '../core/place-order';
import {
  assignCredit,
  bookStatement,
  getTransferInstructions,
  listDueTransfers,
  listUnmatched,
  returnCredit,
  transferDone,
} from './bank-transfer.http';
import { PriceQuoting } from '../core/quote-price';
import { askGiftCardBalance, issueGiftCard } from './gift-cards.http';
import { moneyRoutes } from './money-routes';
import { WaysToPay } from '../core/ways-to-pay';
import { openPayment } from './open-payment.http';
import { getOrder, listOrders } from './orders.http';
import { listCreditNotes, printCreditNote, printInvoice } from './papers.http';
import { confirmPayment, getPayment, listPayments } from './payments.http';
import { placeOrder } from './place-order.http';
import { quotePrice } from './quotes.http';
import { decideReview, listReviews } from './reviews.http';
import { listWaysToPay } from './ways-to-pay.http';
import { hearWebhook } from './webhook.http';

export function routesOf(services: DependencyContainer, press: Press): readonly Route[] {
  const mine = services.resolve(MyRecords);
  const papers = services.resolve(OrderPapers);
  return [
    quotePrice(services.resolve(PriceQuoting)),
    placeOrder(services.resolve(OrderPlacing)),
    listOrders(mine),
    getOrder(mine),
    printInvoice(papers, press, 'receipt'),
    printInvoice(papers, press, 'invoice'),
    listCreditNotes(papers),
    printCreditNote(papers, press),
    listWaysToPay(services.resolve(WaysToPay)),
    openPayment(services.resolve(PaymentOpening), services.resolve<FraudSettings>(FraudSettings).proxies),
    listReviews(services.resolve(Reviews)),
    decideReview(services.resolve(ReviewDeciding)),
    issueGiftCard(services.resolve(GiftCardIssuing)),
    askGiftCardBalance(services.resolve(GiftCardLookUp)),
    ...bankRoutesOf(services),
    getPayment(mine),
    confirmPayment(services.resolve(PaymentConfirming)),
    listPayments(mine),
    hearWebhook(services.resolve(WebhookHearing)),
    ...moneyRoutes(services),
  ];
}

function bankRoutesOf(services: DependencyContainer): readonly Route[] {
  const transfers = services.resolve<Transfers>(Transfers);
  const booking = services.resolve(CreditBooking);
  return [
    getTransferInstructions(services.resolve(Instructing)),
    bookStatement(booking),
    listUnmatched(transfers),
    assignCredit(booking),
    returnCredit(booking),
    listDueTransfers(transfers),
    transferDone(services.resolve(SendingBack)),
  ];
}
