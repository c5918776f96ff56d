import { IsCurrency, IsId, IsInstant, IsMinorUnits, type Plain } from '@boxoffice/shared/http';
import { Type } from 'class-transformer';
import { IsArray, IsIn, IsInt, IsOptional, IsString, ValidateNested } from 'class-validator';
import type { RecordedDispute } from '../core/dispute';
import type { FinanceTeam } from '../core/finance/finance-team';
import type { Payout } from '../core/finance/payout';
import type { EventFigure, LedgerLine } from '../core/finance/ports';
import type { Order } from '../core/order';
import type { OrderState } from '../core/order-saga';
import { linesOf } from '../core/order';
import { BuyerView, MoneyView, OrderLineView, orderStates } from './order.view';

export class FinanceTeamView {
  @IsArray() @IsString({ each: true }) members!: readonly string[];
}

export class BalancesView {
  /** What is owed to the organiser, one a currency; below zero what the organiser owes. */
  @IsArray() @ValidateNested({ each: true }) @Type(() => SignedMoneyView) items!: readonly SignedMoneyView[];
}

export class SignedMoneyView {
  @IsInt() amountMinor!: number;
  @IsCurrency() currency!: string;
}

export class PayoutView {
  @IsId() payoutId!: string;
  @ValidateNested() @Type(() => MoneyView) amount!: MoneyView;
  @IsString() reference!: string;
  @IsInstant() paidAt!: string;
}

export class PayoutPageView {
  @IsArray() @ValidateNested({ each: true }) @Type(() => PayoutView) items!: readonly PayoutView[];
  @IsOptional() @IsString() nextCursor?: string;
}

export class DisputeView {
  @IsId() id!: string;
  @IsString() gateway!: string;
  /** The gateway's name for it. */
  @IsString() disputeId!: string;
  @IsId() orderId!: string;
  @IsId() paymentId!: string;
  @ValidateNested() @Type(() => MoneyView) amount!: MoneyView;
  /** `opened`: the bank has taken the money back, and the organiser may object at the gateway. */
  @IsIn(['opened', 'won', 'lost']) state!: RecordedDispute['state'];
  @IsInstant() openedAt!: string;
  @IsOptional() @IsInstant() settledAt?: string;
}

export class DisputePageView {
  @IsArray() @ValidateNested({ each: true }) @Type(() => DisputeView) items!: readonly DisputeView[];
  @IsOptional() @IsString() nextCursor?: string;
}

export class TicketTypeFigureView {
  @IsId() ticketTypeId!: string;
  /** Tickets that were paid for, and those of them that were given back. */
  @IsInt() soldCount!: number;
  @IsInt() returnedCount!: number;
  /** At their price, whatever it was paid with. */
  @IsMinorUnits() soldMinor!: number;
  @IsMinorUnits() refundedMinor!: number;
}

export class CurrencyFigureView {
  @IsCurrency() currency!: string;
  @IsInt() soldCount!: number;
  @IsInt() returnedCount!: number;
  /** Paid at gateways, with the fees that buyers pay, and without what gift cards paid. */
  @IsMinorUnits() soldMinor!: number;
  @IsMinorUnits() refundedMinor!: number;
  /** What the platform kept. */
  @IsMinorUnits() feesMinor!: number;
  /** Sold, without what went back and what the platform kept; may be below zero once much has gone back. */
  @IsInt() dueMinor!: number;
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => TicketTypeFigureView)
  ticketTypes!: readonly TicketTypeFigureView[];
}

export class EventFinanceView {
  /** One a currency. */
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => CurrencyFigureView)
  items!: readonly CurrencyFigureView[];
}

export class LedgerLineView {
  @IsString() transactionId!: string;
  /** `capture`, `refund-owed`, `refund-failed`, `fee`, `payout` … */
  @IsString() kind!: string;
  @IsInstant() recordedAt!: string;
  /** Above zero: in favour of the organiser. */
  @ValidateNested() @Type(() => SignedMoneyView) amount!: SignedMoneyView;
  @IsOptional() @IsId() orderId?: string;
  @IsOptional() @IsString() eventTitle?: string;
}

export class LedgerPageView {
  @IsArray() @ValidateNested({ each: true }) @Type(() => LedgerLineView) items!: readonly LedgerLineView[];
  @IsOptional() @IsString() nextCursor?: string;
}

export class SoldTicketView {
  @IsString() ticketId!: string;
  @IsId() ticketTypeId!: string;
  @IsOptional() @IsString() seat?: string;
}

/** An order as the organiser sees it: without the codes, which open the door. */
export class EventOrderView {
  @IsId() orderId!: string;
  @IsIn([...orderStates]) state!: OrderState;
  @ValidateNested() @Type(() => BuyerView) buyer!: BuyerView;
  @IsArray() @ValidateNested({ each: true }) @Type(() => OrderLineView) lines!: readonly OrderLineView[];
  @ValidateNested() @Type(() => MoneyView) total!: MoneyView;
  @IsInstant() placedAt!: string;
  @IsOptional() @IsInstant() paidAt?: string;
  @IsOptional() @IsId() paymentId?: string;
  @IsArray() @ValidateNested({ each: true }) @Type(() => SoldTicketView) tickets!: readonly SoldTicketView[];
}

export class EventOrderPageView {
  @IsArray() @ValidateNested({ each: true }) @Type(() => EventOrderView) items!: readonly EventOrderView[];
  @IsOptional() @IsString() nextCursor?: string;
}

export const financeTeamView = ({ members }: FinanceTeam): Plain<FinanceTeamView> => ({ members });

export const payoutView = ({ payoutId, amount, reference, paidAt }: Payout): Plain<PayoutView> => ({
  payoutId,
  amount,
  reference,
  paidAt,
});

export const disputeView = ({
  id,
  gateway,
  disputeId,
  orderId,
  paymentId,
  amount,
  state,
  openedAt,
  settledAt,
}: RecordedDispute): Plain<DisputeView> => ({
  ...{ id, gateway, disputeId, orderId, paymentId, amount, state, openedAt },
  ...(settledAt === undefined ? {} : { settledAt }),
});

export function eventFinanceView(figures: readonly EventFigure[]): Plain<EventFinanceView> {
  const items = figures.flatMap((whole) => {
    const { ticketTypeId, soldMinor, refundedMinor, feesMinor } = whole;
    if (ticketTypeId !== undefined) return [];
    const ofTypes = figures.filter(({ currency }) => currency === whole.currency);
    return [
      {
        currency: whole.currency,
        ...counts(whole),
        feesMinor,
        dueMinor: soldMinor - refundedMinor - feesMinor,
        ticketTypes: ofTypes.flatMap((figure) =>
          figure.ticketTypeId === undefined ? [] : [{ ticketTypeId: figure.ticketTypeId, ...counts(figure) }],
        ),
      },
    ];
  });
  return { items };
}

const counts = ({ soldCount, returnedCount, soldMinor, refundedMinor }: EventFigure) => ({
  soldCount,
  returnedCount,
  soldMinor,
  refundedMinor,
});

export const kindOf = (transactionId: string): string => transactionId.split('~')[0] ?? '';

export const ledgerLineView = (line: LedgerLine): Plain<LedgerLineView> => ({
  transactionId: line.transactionId,
  kind: kindOf(line.transactionId),
  recordedAt: line.recordedAt,
  amount: line.amount,
  ...(line.orderId === undefined ? {} : { orderId: line.orderId }),
  ...(line.eventTitle === undefined ? {} : { eventTitle: line.eventTitle }),
});

export const eventOrderView = (order: Order): Plain<EventOrderView> => ({
  orderId: order.orderId,
  state: order.state,
  buyer: order.buyer,
  lines: linesOf(order),
  total: order.price.total,
  placedAt: order.placedAt,
  ...(order.paidAt === undefined ? {} : { paidAt: order.paidAt }),
  ...(order.paymentId === undefined ? {} : { paymentId: order.paymentId }),
  tickets: order.tickets.map(({ ticketId, ticketTypeId, seat }) => ({
    ticketId,
    ticketTypeId,
    ...(seat === undefined ? {} : { seat }),
  })),
});
