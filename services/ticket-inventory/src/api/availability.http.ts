import { etag, IsId, IsPlainText, route, type Route } from '@boxoffice/shared/http';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, ValidateNested } from 'class-validator';
import { hash } from 'node:crypto';
import type { FindAvailability, SalesState } from '../core/availability';
import type { Plain } from '@boxoffice/shared/http';

export class AvailabilityQuery {
  /** Shows the ticket types that are hidden from who doesn't know it, too. */
  @IsOptional() @IsPlainText(60) accessCode?: string;
}

export class TicketTypeAvailabilityView {
  @IsId() ticketTypeId!: string;
  @IsString() name!: string;
  @IsIn(['scheduled', 'on-sale', 'sold-out', 'closed']) state!: SalesState;
  @IsInt() capacity!: number;
  @IsInt() held!: number;
  @IsInt() sold!: number;
  /** What can be held now: capacity less held less sold, and no more than its pool has left. */
  @IsInt() available!: number;
  /** The pool that it shares with other ticket types. */
  @IsOptional() @IsId() poolId?: string;
}

export class PoolAvailabilityView {
  @IsId() poolId!: string;
  @IsString() name!: string;
  @IsInt() capacity!: number;
  /** Held and sold, of all its ticket types. */
  @IsInt() taken!: number;
}

export class AvailabilityView {
  @IsId() eventId!: string;
  @ValidateNested({ each: true })
  @Type(() => TicketTypeAvailabilityView)
  ticketTypes!: TicketTypeAvailabilityView[];
  /** Capacities that ticket types share. */
  @IsOptional()
  @ValidateNested({ each: true })
  @Type(() => PoolAvailabilityView)
  pools?: PoolAvailabilityView[];
}

export const availability = (stock: FindAvailability): Route =>
  route<object, AvailabilityQuery>({
    method: 'GET',
    path: '/events/{eventId}/availability',
    summary: 'How many tickets of each type are left, at most a second old',
    access: 'anyone',
    query: AvailabilityQuery,
    answers: { status: 200, description: 'The stock of each ticket type', body: AvailabilityView },
    async handle({ params, query: { accessCode } }) {
      const body: Plain<AvailabilityView> = await stock.find(params['eventId'] ?? '', accessCode);
      const shared = accessCode === undefined ? 'public' : 'private';
      const headers = { etag: etag(versionOf(body)), 'cache-control': `${shared}, max-age=1` };
      return { status: 200, headers, body };
    },
  });

export const versionOf = (body: Plain<AvailabilityView>): string =>
  hash('sha256', JSON.stringify(body), 'base64url').slice(0, 16);
