import { IsId, route, type Plain, type Route } from '@boxoffice/shared/http';
import { admissionReasons, type AdmissionReason } from '@boxoffice/shared/scanning';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsString, ValidateNested } from 'class-validator';
import type { WatchAdmissions } from '../core/watch-admissions';
import { holderOf } from './holder';

export class GateNameView {
  @IsString() gateId!: string;
  @IsString() name!: string;
}

export class TicketTypeSoldView {
  @IsId() ticketTypeId!: string;
  @IsString() name!: string;
  @IsInt() sold!: number;
}

export class AdmittedAtGateView {
  /** Empty: the rules know no gate of that name. */
  @IsString() gateId!: string;
  @IsId() ticketTypeId!: string;
  @IsInt() tickets!: number;
}

export class RefusedView {
  @IsIn(admissionReasons) reason!: AdmissionReason;
  @IsInt() scans!: number;
}

export class AdmissionSummaryView {
  /** Tickets that are in. */
  @IsInt() inside!: number;
  /** Tickets that have been in, and have left. */
  @IsInt() outside!: number;
  @ValidateNested({ each: true }) @Type(() => GateNameView) gates!: GateNameView[];
  @ValidateNested({ each: true }) @Type(() => TicketTypeSoldView) ticketTypes!: TicketTypeSoldView[];
  /** Each ticket where it came in first. */
  @ValidateNested({ each: true }) @Type(() => AdmittedAtGateView) admitted!: AdmittedAtGateView[];
  @ValidateNested({ each: true }) @Type(() => RefusedView) refused!: RefusedView[];
}

export const summarizeAdmissions = (query: WatchAdmissions): Route =>
  route({
    method: 'GET',
    path: '/events/{eventId}/admissions/summary',
    summary: 'How it goes at the gates, now: who is in, and how many were refused and why',
    access: 'signed-in',
    answers: { status: 200, description: 'The numbers', body: AdmissionSummaryView },
    async handle({ params: { eventId = '' }, principal }) {
      const body: Plain<AdmissionSummaryView> = await query.summary(eventId, holderOf(principal));
      return { status: 200, body };
    },
  });
