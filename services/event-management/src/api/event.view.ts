import {
  IsCurrency,
  IsId,
  IsInstant,
  IsMinorUnits,
  IsPlainText,
  IsSlug,
  IsTimeZone,
} from '@boxoffice/shared/http';
import type { Instant } from '@boxoffice/shared/kernel';
import { Type } from 'class-transformer';
import { IsArray, IsIn, IsInt, IsOptional, IsString, ValidateNested } from 'class-validator';
import { lowestPrice, priceOf, type Event } from '../core/event';
import type { EventSummary } from '../core/ports';
import { salesWindow } from '../core/publication';
import type { TicketType } from '../core/ticket-type';
import type { Plain } from '@boxoffice/shared/http';

export class PriceView {
  @IsMinorUnits() amountMinor!: number;
  @IsCurrency() currency!: string;
}

export class TicketTypeView {
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
}

export class PlaceView {
  @IsId() venueId!: string;
  @IsPlainText(120) name!: string;
  @IsPlainText(300) address!: string;
  @IsPlainText(80) city!: string;
  @IsString() country!: string;
  @IsTimeZone() timeZone!: string;
}

export class EventCategoryView {
  @IsId() categoryId!: string;
  @IsPlainText(80) name!: string;
}

/** An event in a list. */
export class EventSummaryView {
  @IsId() eventId!: string;
  @IsInt() version!: number;
  @IsIn(['draft', 'published']) state!: 'draft' | 'published';
  @IsSlug() slug!: string;
  @IsPlainText(160) title!: string;
  @IsPlainText(300, { least: 0 }) summary!: string;
  @IsInstant() startsAt!: Instant;
  @IsInstant() endsAt!: Instant;
  @IsCurrency() currency!: string;
  @ValidateNested() @Type(() => PlaceView) venue!: PlaceView;
  @ValidateNested() @Type(() => EventCategoryView) category!: EventCategoryView;
  /** Of its ticket types; absent where it has none. */
  @IsOptional() @ValidateNested() @Type(() => PriceView) lowestPrice?: PriceView;
}

export class EventView extends EventSummaryView {
  @IsString() organizerId!: string;
  @IsPlainText(10_000, { least: 0, lines: true }) description!: string;
  @IsInt() holdMinutes!: number;
  @IsArray() @ValidateNested({ each: true }) @Type(() => TicketTypeView) ticketTypes!: TicketTypeView[];
  @IsInstant() createdAt!: Instant;
  @IsOptional() @IsInstant() publishedAt?: Instant;
}

export class EventPageView {
  @IsArray() @ValidateNested({ each: true }) @Type(() => EventSummaryView) items!: EventSummaryView[];
  @IsOptional() @IsString() nextCursor?: string;
}

export class TicketTypesView {
  @IsArray() @ValidateNested({ each: true }) @Type(() => TicketTypeView) items!: TicketTypeView[];
}

export function viewOfSummary(event: EventSummary): Plain<EventSummaryView> {
  const { eventId, version, status, slug, place, category, lowestPriceMinor } = event;
  const { title, summary, startsAt, endsAt, currency } = event.details;
  return {
    eventId,
    version,
    state: status.is,
    slug,
    title,
    summary,
    startsAt,
    endsAt,
    currency,
    venue: place,
    category,
    ...(lowestPriceMinor === undefined ? {} : { lowestPrice: { amountMinor: lowestPriceMinor, currency } }),
  };
}

export function viewOf(event: Event): Plain<EventView> {
  const { organizerId, status, createdAt, ticketTypes, details } = event;
  return {
    ...viewOfSummary({ ...event, lowestPriceMinor: lowestPrice(event)?.amountMinor }),
    organizerId,
    description: details.description,
    holdMinutes: details.holdMinutes,
    ticketTypes: ticketTypes.map((ticketType) => viewOfTicketType(ticketType, event)),
    createdAt,
    ...(status.is === 'published' ? { publishedAt: status.publishedAt } : {}),
  };
}

export function viewOfTicketType(ticketType: TicketType, event: Event): Plain<TicketTypeView> {
  const { ticketTypeId, name, description, capacity, minPerOrder, maxPerOrder } = ticketType;
  const { status } = event;
  const window = salesWindow(
    ticketType,
    event,
    status.is === 'published' ? status.publishedAt : event.createdAt,
  );
  const salesFrom = status.is === 'published' ? window.salesFrom : ticketType.salesFrom;
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
  };
}
