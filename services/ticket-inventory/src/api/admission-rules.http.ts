import {
  etag,
  IsId,
  IsInstant,
  IsPlainText,
  IsSlug,
  route,
  type Plain,
  type Route,
} from '@boxoffice/shared/http';
import type { Instant } from '@boxoffice/shared/kernel';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsEmail,
  IsInt,
  IsOptional,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import type { AdmissionRules } from '../core/admission-rules';
import type { SetAdmissionRules } from '../core/set-admission-rules';

const mostMinutes = 30 * 24 * 60;

export class GateView {
  @IsSlug() gateId!: string;
  @IsPlainText(120) name!: string;
  /** Left out: tickets of every type. */
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ArrayUnique()
  @IsId({ each: true })
  ticketTypeIds?: string[];
}

/** Each end of the admission in one way; left out, the doors open a day before the start and close at the end. */
export class AdmissionRulesView {
  @IsBoolean() reEntry!: boolean;
  @IsOptional() @IsInstant() opensAt?: Instant;
  @IsOptional() @IsInt() @Min(0) @Max(mostMinutes) opensMinutesBeforeStart?: number;
  @IsOptional() @IsInstant() closesAt?: Instant;
  @IsOptional() @IsInt() @Min(0) @Max(mostMinutes) closesMinutesAfterEnd?: number;
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => GateView)
  gates!: GateView[];
  /** Addresses that stewards sign in with. */
  @IsArray() @ArrayMaxSize(200) @IsEmail({}, { each: true }) stewards!: string[];
}

const answered = ({ version, ...rules }: AdmissionRules) => ({
  status: 200,
  headers: { etag: etag(version) },
  body: rules satisfies Plain<AdmissionRulesView>,
});

export const showAdmissionRules = (useCase: SetAdmissionRules): Route =>
  route({
    method: 'GET',
    path: '/events/{eventId}/admission-rules',
    summary: 'Who may pass at which gate of an event of yours and when, and who its stewards are',
    access: 'organizer',
    answers: { status: 200, description: 'The rules', body: AdmissionRulesView },
    async handle({ params: { eventId = '' }, principal }) {
      return answered(await useCase.show(eventId, principal.userId));
    },
  });

export const setAdmissionRules = (useCase: SetAdmissionRules): Route =>
  route<AdmissionRulesView>({
    method: 'PUT',
    path: '/events/{eventId}/admission-rules',
    summary: 'Write the rules anew',
    access: 'organizer',
    body: AdmissionRulesView,
    ifMatch: 'required',
    answers: { status: 200, description: 'The rules', body: AdmissionRulesView },
    async handle({ params: { eventId = '' }, principal, body, ifMatch }) {
      const change = { eventId, organizerId: principal.userId, seenVersion: ifMatch };
      return answered(await useCase.set(change, body));
    },
  });
