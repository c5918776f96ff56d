import { IsId, IsInstant, IsPlainText, type Plain } from '@boxoffice/shared/http';
import type { Instant } from '@boxoffice/shared/kernel';
import { Type } from 'class-transformer';
import { IsArray, IsInt, IsOptional, IsString, ValidateNested } from 'class-validator';
import { openTicketTypes, priceOf, publishedAtOf, type Event } from '../core/event';
import { pricesOnSale, salesWindow } from '../core/publication';
import type { TicketType } from '../core/ticket-type';
import { PriceView, PricingView } from './pricing.view';

export class TicketTypeView extends PricingView {
  @IsId() ticketTypeId!: string;
  @IsPlainText(120) name!: string;
  @IsPlainText(500, { least: 0, lines: true }) description!: string;
  @ValidateNested() @Type(() => PriceView) price!: PriceView;
  @IsInt() capacity!: number;
  /** Absent in a draft where it is the moment of publication. */
  @IsOptional() @IsInstant() salesFrom?: Instant;
  @IsInstant() salesUntil!: Instant;
  @IsInt() minPerOrder!: number;
  @IsInt() maxPerOrder!: number;
  /** Over all orders of one buyer. */
  @IsOptional() @IsInt() maxPerBuyer?: number;
  /** To its organiser alone, as are the codes. */
  @IsOptional() @IsId() poolId?: string;
  @IsOptional() @IsArray() @IsString({ each: true }) accessCodes?: string[];
}

export class TicketTypesView {
  @IsArray() @ValidateNested({ each: true }) @Type(() => TicketTypeView) items!: TicketTypeView[];
}

/** As anyone sees it. */
export function viewOfTicketType(ticketType: TicketType, event: Event): Plain<TicketTypeView> {
  const { ticketTypeId, name, description, capacity, minPerOrder, maxPerOrder, maxPerBuyer, addOnTo } =
    ticketType;
  const open = openTicketTypes(event);
  const publishedAt = publishedAtOf(event.status);
  const window = salesWindow(ticketType, event, publishedAt ?? event.createdAt);
  const salesFrom = publishedAt === undefined ? ticketType.salesFrom : window.salesFrom;
  return {
    ticketTypeId,
    name,
    description,
    price: priceOf(event, ticketType),
    capacity,
    ...(salesFrom === undefined ? {} : { salesFrom }),
    salesUntil: window.salesUntil,
    minPerOrder,
    maxPerOrder,
    ...(maxPerBuyer === undefined ? {} : { maxPerBuyer }),
    ...pricesOnSale(ticketType, event.details.currency),
    ...(addOnTo && { addOnTo: addOnTo.filter((id) => open.some((other) => other.ticketTypeId === id)) }),
  };
}

/** As its organiser sees it. */
export function ownViewOfTicketType(ticketType: TicketType, event: Event): Plain<TicketTypeView> {
  const { poolId, accessCodes, addOnTo } = ticketType;
  return {
    ...viewOfTicketType(ticketType, event),
    ...(poolId === undefined ? {} : { poolId }),
    ...(accessCodes && { accessCodes }),
    ...(addOnTo && { addOnTo }),
  };
}
