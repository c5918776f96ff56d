import type { Route } from '@boxoffice/shared/http';
import { Clock } from '@boxoffice/shared/kernel';
import type { DependencyContainer } from 'tsyringe';
import { OrderCancelling } from '../core/cancel-order';
import { FinanceTeams } from '../core/finance/name-finance-team';
import { Payouts } from '../core/finance/record-payout';
import { Reconciliation } from '../core/finance/reconcile';
import { MoneyShowing } from '../core/finance/show-money';
import { Gateways } from '../core/gateway';
import { EventRefunding } from '../core/refund-event';
import { RefundRequesting } from '../core/request-refund';
import { HandSettling } from '../core/settle-by-hand';
import { OperatorRecords } from '../core/waiting-sagas';
import { cancelOrder } from './cancel-order.http';
import {
  downloadLedger,
  listDisputes,
  listEventOrders,
  listPayouts,
  nameFinanceTeam,
  recordPayout,
  showBalances,
  showEventFinance,
  showFinanceTeam,
  showLedger,
} from './finance.http';
import { reconcile, showWaitingSagas } from './operator.http';
import { refundEvent, refundPayment, settleByHand, showEventRefunds } from './refunds.http';

/** Money that goes back, and what organisers and operators see of all of it. */
export function moneyRoutes(services: DependencyContainer): readonly Route[] {
  const clock = services.resolve<Clock>(Clock);
  const ofEvents = services.resolve(EventRefunding);
  const teams = services.resolve(FinanceTeams);
  const payouts = services.resolve(Payouts);
  const money = services.resolve(MoneyShowing);
  return [
    cancelOrder(services.resolve(OrderCancelling)),
    refundPayment(services.resolve(RefundRequesting)),
    refundEvent(ofEvents),
    showEventRefunds(ofEvents),
    settleByHand(services.resolve(HandSettling)),
    listEventOrders(money),
    showEventFinance(money),
    showLedger(money, clock),
    downloadLedger(money, clock),
    showBalances(payouts),
    listPayouts(payouts),
    listDisputes(money),
    recordPayout(payouts),
    showFinanceTeam(teams),
    nameFinanceTeam(teams),
    reconcile(services.resolve(Reconciliation), services.resolve<Gateways>(Gateways), clock),
    showWaitingSagas(services.resolve<OperatorRecords>(OperatorRecords)),
  ];
}
