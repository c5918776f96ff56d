import {
  decodeCursor,
  encodeCursor,
  IsId,
  IsInstant,
  route,
  type Plain,
  type Route,
} from '@boxoffice/shared/http';
import type { Instant } from '@boxoffice/shared/kernel';
import type { ScanBundle } from '@boxoffice/shared/scanning';
import { Type } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsOptional, IsString, MaxLength, ValidateNested } from 'class-validator';
import type { ScanBundles } from '../core/scan-bundles';
import { GateView } from './admission-rules.http';
import { holderOf } from './holder';
import { TicketKeyView, ticketKeyView } from './ticket-keys.http';

export class BundleQuery {
  /** Of the bundle before; left out, all is answered. */
  @IsOptional() @IsString() @MaxLength(1024) cursor?: string;
}

export class TicketTypeNameView {
  @IsId() ticketTypeId!: string;
  @IsString() name!: string;
}

export class BundleEventView {
  @IsString() title!: string;
  @IsInstant() startsAt!: Instant;
  @IsInstant() endsAt!: Instant;
  @IsString() timeZone!: string;
  @IsBoolean() isCancelled!: boolean;
  @ValidateNested({ each: true }) @Type(() => TicketTypeNameView) ticketTypes!: TicketTypeNameView[];
}

export class GateRulesView {
  @IsBoolean() reEntry!: boolean;
  @IsInstant() opensAt!: Instant;
  @IsInstant() closesAt!: Instant;
  @ValidateNested({ each: true }) @Type(() => GateView) gates!: GateView[];
}

const states = ['valid', 'void', 'blocked'] as const;

export class TicketStatusView {
  @IsString() ticketId!: string;
  /** Codes of this ticket before this one are revoked. */
  @IsInt() issue!: number;
  @IsIn(states) state!: (typeof states)[number];
}

export class BundledAdmissionView {
  @IsString() ticketId!: string;
  @IsBoolean() isInside!: boolean;
  /** When and where it came in last. */
  @IsInstant() admittedAt!: Instant;
  @IsString() gateId!: string;
  /** When it last went through a gate, in or out. */
  @IsInstant() lastAt!: Instant;
}

export class ScanBundleView {
  @IsId() eventId!: string;
  /** To ask with next. */
  @IsString() cursor!: string;
  /** Whether this is all; if not, ask again at once. */
  @IsBoolean() isComplete!: boolean;
  @ValidateNested() @Type(() => BundleEventView) event!: BundleEventView;
  @ValidateNested() @Type(() => GateRulesView) rules!: GateRulesView;
  /** Every key that a valid ticket may be signed with. */
  @ValidateNested({ each: true }) @Type(() => TicketKeyView) keys!: TicketKeyView[];
  /** What has become of tickets since the cursor: those never named are as they were issued. */
  @ValidateNested({ each: true }) @Type(() => TicketStatusView) tickets!: TicketStatusView[];
  /** Tickets that have come in or left since the cursor. */
  @ValidateNested({ each: true }) @Type(() => BundledAdmissionView) admissions!: BundledAdmissionView[];
}

export const scanBundle = (bundles: ScanBundles): Route =>
  route<object, BundleQuery>({
    method: 'GET',
    path: '/events/{eventId}/scan-bundle',
    summary: 'What a scanner takes along to decide without a network, and then what has changed since',
    access: 'signed-in',
    query: BundleQuery,
    answers: { status: 200, description: 'Keys, rules, and changes since the cursor', body: ScanBundleView },
    async handle({ params: { eventId = '' }, principal, query: { cursor } }) {
      const [epoch, sequence] = decodeCursor(cursor, 0, 0) ?? [];
      const since = epoch === undefined || sequence === undefined ? undefined : { epoch, sequence };
      const { upTo, keys, ...bundle } = await bundles.since(eventId, holderOf(principal), since);
      const body: Plain<ScanBundleView> & ScanBundle = {
        ...bundle,
        cursor: encodeCursor([upTo.epoch, upTo.sequence]),
        keys: keys.map(ticketKeyView),
      };
      return { status: 200, body };
    },
  });
