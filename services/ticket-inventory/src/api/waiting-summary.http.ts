import { IsId, route, type Plain, type Route } from '@boxoffice/shared/http';
import { Type } from 'class-transformer';
import { IsInt, IsString, ValidateNested } from 'class-validator';
import type { WaitingSummary } from '../core/waiting-summary';

export class CrowdView {
  @IsInt() entries!: number;
  @IsInt() tickets!: number;
}

export class TicketTypeCrowdView {
  @IsId() ticketTypeId!: string;
  @IsString() name!: string;
  @ValidateNested() @Type(() => CrowdView) waiting!: CrowdView;
  /** Held for who waited, and not bought yet. */
  @ValidateNested() @Type(() => CrowdView) offered!: CrowdView;
}

export class WaitingSummaryView {
  @ValidateNested({ each: true }) @Type(() => TicketTypeCrowdView) items!: TicketTypeCrowdView[];
}

export const waitingSummary = (query: WaitingSummary): Route =>
  route({
    method: 'GET',
    path: '/events/{eventId}/waiting-list/summary',
    summary: 'How many wait for each ticket type of an event of yours',
    access: 'organizer',
    answers: { status: 200, description: 'Counts, and nobody’s name', body: WaitingSummaryView },
    async handle({ params, principal }) {
      const items = await query.of(params['eventId'] ?? '', principal.userId);
      return { status: 200, body: { items } satisfies Plain<WaitingSummaryView> };
    },
  });
