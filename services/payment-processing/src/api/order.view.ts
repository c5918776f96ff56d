import { IsId, IsInstant } from '@boxoffice/shared/http';
import { Type } from 'class-transformer';
import { IsArray, IsIn, IsOptional, IsString, ValidateNested } from 'class-validator';
import type { Order } from '../core/order';
import { orderSaga, type OrderState } from '../core/order-saga';
import type { Plain } from '@boxoffice/shared/http';
import { AnswersView } from './answers.view';
import { PriceView, priceView } from './price.view';

export { MoneyView, OrderLineView } from './price.view';

export class BuyerView {
  @IsString() name!: string;
  @IsString() email!: string;
  @IsOptional() @IsString() company?: string;
  @IsOptional() @IsString() vatId?: string;
  @IsOptional() @IsString() country?: string;
  @IsOptional() @IsString() locale?: string;
}

export class TicketView {
  @IsString() ticketId!: string;
  @IsId() ticketTypeId!: string;
  @IsString() code!: string;
  /** `<section>/<row>/<number>`, where it is a numbered seat. */
  @IsOptional() @IsString() seat?: string;
}

export const orderStates = Object.keys(orderSaga) as readonly OrderState[];

/** An order as it was placed: the same each time the request is repeated. */
export class PlacedOrderView extends PriceView {
  @IsId() orderId!: string;
  @IsString() holdId!: string;
  @IsId() eventId!: string;
  @ValidateNested() @Type(() => BuyerView) buyer!: BuyerView;
  @IsOptional() @ValidateNested() @Type(() => AnswersView) answers?: AnswersView;
  @IsInstant() placedAt!: string;
  /** Until then it can be paid. */
  @IsInstant() payUntil!: string;
  /** `paid` for a free order: it is so as soon as it is placed. */
  @IsIn(['placed', 'paid']) state!: string;
}

export class OrderView extends PriceView {
  @IsId() orderId!: string;
  @IsString() holdId!: string;
  @IsId() eventId!: string;
  @IsString() eventTitle!: string;
  @IsIn([...orderStates]) state!: OrderState;
  @ValidateNested() @Type(() => BuyerView) buyer!: BuyerView;
  @IsOptional() @ValidateNested() @Type(() => AnswersView) answers?: AnswersView;
  @IsInstant() placedAt!: string;
  @IsInstant() payUntil!: string;
  @IsOptional() @IsInstant() paidAt?: string;
  @IsOptional() @IsInstant() fulfilledAt?: string;
  /** The payment that paid for it, or else the one that is under way. */
  @IsOptional() @IsId() paymentId?: string;
  @IsArray() @ValidateNested({ each: true }) @Type(() => TicketView) tickets!: readonly TicketView[];
}

export class OrderPageView {
  @IsArray() @ValidateNested({ each: true }) @Type(() => OrderView) items!: readonly OrderView[];
  @IsOptional() @IsString() nextCursor?: string;
}

export const placedOrderView = (order: Order): Plain<PlacedOrderView> => ({
  orderId: order.orderId,
  holdId: order.holdId,
  eventId: order.event.eventId,
  ...priceView(order.price),
  buyer: order.buyer,
  ...(order.answers === undefined ? {} : { answers: order.answers }),
  placedAt: order.placedAt,
  payUntil: order.holdExpiresAt,
  state: order.price.due.amountMinor === 0 ? 'paid' : 'placed',
});

export function orderView(order: Order): Plain<OrderView> {
  const paymentId = order.paymentId ?? order.livePaymentId;
  return {
    orderId: order.orderId,
    holdId: order.holdId,
    eventId: order.event.eventId,
    eventTitle: order.event.title,
    state: order.state,
    ...priceView(order.price),
    buyer: order.buyer,
    ...(order.answers === undefined ? {} : { answers: order.answers }),
    placedAt: order.placedAt,
    payUntil: order.holdExpiresAt,
    ...(order.paidAt === undefined ? {} : { paidAt: order.paidAt }),
    ...(order.fulfilledAt === undefined ? {} : { fulfilledAt: order.fulfilledAt }),
    ...(paymentId === undefined ? {} : { paymentId }),
    tickets: order.tickets,
  };
}
