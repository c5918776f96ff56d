import { IsId, IsInstant } from '@boxoffice/shared/http';
import type { Instant } from '@boxoffice/shared/kernel';
import { Type } from 'class-transformer';
import { IsIn, IsOptional, IsString, ValidateNested } from 'class-validator';
import { placeAndTime } from '../core/event-on-sale';
import type { TicketInHand } from '../core/my-tickets';
import type { Plain } from '@boxoffice/shared/http';

export class TicketEventView {
  @IsId() eventId!: string;
  @IsString() title!: string;
  @IsInstant() startsAt!: Instant;
  @IsInstant() endsAt!: Instant;
  @IsString() timeZone!: string;
  @IsString() venueName!: string;
  @IsString() venueAddress!: string;
}

export class TicketView {
  @IsString() ticketId!: string;
  @IsId() orderId!: string;
  @IsId() ticketTypeId!: string;
  @IsString() ticketTypeName!: string;
  /** `transferred`: you have passed it on. `void`: it was given back. */
  @IsIn(['valid', 'transferred', 'void']) state!: TicketInHand['ticket']['state'];
  /** What its QR code carries, while it is valid. */
  @IsOptional() @IsString() code?: string;
  /** `<section>/<row>/<number>`, where it is a numbered seat. */
  @IsOptional() @IsString() seat?: string;
  @IsInstant() issuedAt!: Instant;
  @ValidateNested() @Type(() => TicketEventView) event!: TicketEventView;
}

export class TicketsView {
  @ValidateNested({ each: true }) @Type(() => TicketView) items!: TicketView[];
  @IsOptional() @IsString() nextCursor?: string;
}

export function ticketView({ ticket, event, ticketTypeName }: TicketInHand): Plain<TicketView> {
  const { ticketId, orderId, ticketTypeId, state, code, seat, issuedAt } = ticket;
  return {
    ticketId,
    orderId,
    ticketTypeId,
    ticketTypeName,
    state,
    ...(state === 'valid' ? { code } : {}),
    ...(seat === undefined ? {} : { seat }),
    issuedAt,
    event: eventView(event),
  };
}

export const eventView = (event: TicketInHand['event']): Plain<TicketEventView> => placeAndTime(event);
