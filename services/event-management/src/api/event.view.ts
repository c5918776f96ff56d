import {
  etag,
  IsCurrency,
  IsId,
  IsInstant,
  IsPlainText,
  IsSlug,
  IsTimeZone,
  type Plain,
} from '@boxoffice/shared/http';
import type { Instant } from '@boxoffice/shared/kernel';
import { Type } from 'class-transformer';
import { IsArray, IsBoolean, IsIn, IsInt, IsOptional, IsString, ValidateNested } from 'class-validator';
import { lowestPrice, openTicketTypes, publishedAtOf, type Event } from '../core/event';
import type { EventSummary } from '../core/ports';
import { PoolView } from './pool.view';
import { PriceView } from './pricing.view';
import { SeatingView } from './seating.view';
import { publicTermsOf, TermsView } from './terms.view';
import { ownViewOfTicketType, TicketTypeView, viewOfTicketType } from './ticket-type.view';

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

export class CancellationView {
  @IsInstant() at!: Instant;
  @IsPlainText(500, { lines: true }) reason!: string;
}

/** An event in a list. */
export class EventSummaryView {
  @IsId() eventId!: string;
  @IsInt() version!: number;
  @IsIn(['draft', 'published', 'cancelled']) state!: 'draft' | 'published' | 'cancelled';
  @IsSlug() slug!: string;
  @IsPlainText(160) title!: string;
  @IsPlainText(300, { least: 0 }) summary!: string;
  @IsInstant() startsAt!: Instant;
  @IsInstant() endsAt!: Instant;
  @IsCurrency() currency!: string;
  @ValidateNested() @Type(() => PlaceView) venue!: PlaceView;
  @ValidateNested() @Type(() => EventCategoryView) category!: EventCategoryView;
  /** Of the ticket types that anyone may buy; absent where it has none. */
  @IsOptional() @ValidateNested() @Type(() => PriceView) lowestPrice?: PriceView;
}

export class EventView extends EventSummaryView {
  @IsString() organizerId!: string;
  @IsPlainText(10_000, { least: 0, lines: true }) description!: string;
  @IsInt() holdMinutes!: number;
  /** Those with access codes to its organiser alone, as are the pools and the seating. */
  @IsArray() @ValidateNested({ each: true }) @Type(() => TicketTypeView) ticketTypes!: TicketTypeView[];
  /** Whether some of it is sold by the seat. */
  @IsBoolean() seated!: boolean;
  @IsOptional() @IsArray() @ValidateNested({ each: true }) @Type(() => PoolView) pools?: PoolView[];
  @IsOptional() @ValidateNested() @Type(() => SeatingView) seating?: SeatingView;
  @ValidateNested() @Type(() => TermsView) terms!: TermsView;
  @IsInstant() createdAt!: Instant;
  @IsOptional() @IsInstant() publishedAt?: Instant;
  @IsOptional() @ValidateNested() @Type(() => CancellationView) cancelled?: CancellationView;
}

export class EventPageView {
  @IsArray() @ValidateNested({ each: true }) @Type(() => EventSummaryView) items!: EventSummaryView[];
  @IsOptional() @IsString() nextCursor?: string;
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

/** As anyone sees it. */
function publicViewOf(event: Event): Plain<EventView> {
  const { organizerId, status, createdAt, details, seating } = event;
  const publishedAt = publishedAtOf(status);
  return {
    ...viewOfSummary({ ...event, lowestPriceMinor: lowestPrice(event)?.amountMinor }),
    organizerId,
    description: details.description,
    holdMinutes: details.holdMinutes,
    ticketTypes: openTicketTypes(event).map((ticketType) => viewOfTicketType(ticketType, event)),
    seated: seating !== undefined,
    terms: publicTermsOf(event),
    createdAt,
    ...(publishedAt === undefined ? {} : { publishedAt }),
    ...(status.is === 'cancelled' ? { cancelled: { at: status.cancelledAt, reason: status.reason } } : {}),
  };
}

/** As its organiser sees it. */
export function ownViewOf(event: Event): Plain<EventView> {
  const { ticketTypes, pools, seating, terms } = event;
  return {
    ...publicViewOf(event),
    ticketTypes: ticketTypes.map((ticketType) => ownViewOfTicketType(ticketType, event)),
    pools,
    terms,
    ...(seating && { seating }),
  };
}

/** An event for who asks. What its organiser sees and what others see are two representations, each with its own ETag. */
export const viewFor = (
  viewerId: string | undefined,
  event: Event,
): { readonly body: Plain<EventView>; readonly etag: string } =>
  event.organizerId === viewerId
    ? { body: ownViewOf(event), etag: etag(event.version) }
    : { body: publicViewOf(event), etag: etag(`${event.version}-public`) };
