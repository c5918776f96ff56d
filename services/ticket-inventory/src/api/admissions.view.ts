import { IsId, IsInstant, type Plain } from '@boxoffice/shared/http';
import type { Instant } from '@boxoffice/shared/kernel';
import { admissionReasons, type AdmissionReason } from '@boxoffice/shared/scanning';
import { Type } from 'class-transformer';
import { IsIn, IsOptional, IsString, ValidateNested } from 'class-validator';
import type { Conflict } from '../core/admission-book';
import type { Admission } from '../core/admit-ticket';
import type { Merged } from '../core/merge-scans';
import type { PassedScan } from '../core/scan';

const results = ['accepted', 'refused'] as const;

export class AdmittedView {
  @IsInstant() at!: Instant;
  /** Empty: the rules know no gate of that name. */
  @IsString() gateId!: string;
}

export class AdmissionView {
  @IsIn(results) result!: (typeof results)[number];
  @IsOptional() @IsIn(admissionReasons) reason?: AdmissionReason;
  /** Where the code is of a ticket of this event. */
  @IsOptional() @IsString() ticketId?: string;
  @IsOptional() @IsString() ticketTypeName?: string;
  /** Where it was passed on to somebody. */
  @IsOptional() @IsString() holderName?: string;
  @IsOptional() @IsString() seat?: string;
  /** Where it is in already. */
  @IsOptional() @ValidateNested() @Type(() => AdmittedView) admittedBefore?: AdmittedView;
}

export const admissionView = (admission: Admission): Plain<AdmissionView> => {
  const { passed, reason, ticket, ticketTypeName, holderName, seat, admittedBefore } = admission;
  return {
    result: passed ? 'accepted' : 'refused',
    ...(reason && { reason }),
    ...(ticket && { ticketId: ticket.ticketId }),
    ...(ticketTypeName !== undefined && { ticketTypeName }),
    ...(holderName !== undefined && { holderName }),
    ...(seat !== undefined && { seat }),
    ...(admittedBefore && { admittedBefore: whereOf(admittedBefore) }),
  };
};

export class PassageView {
  @IsString() nonce!: string;
  @IsInstant() at!: Instant;
  @IsString() gateId!: string;
  /** Of the device that let it through by itself, without a network. */
  @IsOptional() @IsId() deviceId?: string;
}

/** Somebody was let through who should not have been. */
export class ConflictView {
  @IsString() ticketId!: string;
  @IsId() ticketTypeId!: string;
  @IsIn(admissionReasons) reason!: AdmissionReason;
  @ValidateNested() @Type(() => PassageView) passage!: PassageView;
  /** Where the ticket was in already: what it had been let in by. */
  @IsOptional() @ValidateNested() @Type(() => PassageView) before?: PassageView;
}

export class ConflictsView {
  @ValidateNested({ each: true }) @Type(() => ConflictView) items!: ConflictView[];
  @IsOptional() @IsString() nextCursor?: string;
}

export const conflictView = ({ scan, reason, before }: Conflict): Plain<ConflictView> => ({
  ...scan.ticket,
  reason,
  passage: passageView(scan),
  ...(before && { before: passageView(before) }),
});

export class MergedScanView {
  @IsString() nonce!: string;
  /** Whether somebody went through. */
  @IsIn(results) result!: (typeof results)[number];
  /** Why not. */
  @IsOptional() @IsIn(admissionReasons) reason?: AdmissionReason;
  /** Somebody went through: why they should not have, as far as is known now. */
  @IsOptional() @IsIn(admissionReasons) conflict?: AdmissionReason;
}

export class MergedView {
  /** In the order of the upload. */
  @ValidateNested({ each: true }) @Type(() => MergedScanView) scans!: MergedScanView[];
  /** Of the tickets in this upload. */
  @ValidateNested({ each: true }) @Type(() => ConflictView) conflicts!: ConflictView[];
}

export const mergedView = ({ scans, conflicts }: Merged): Plain<MergedView> => ({
  scans: scans.map(({ nonce, passed, reason }) => ({
    nonce,
    result: passed ? 'accepted' : 'refused',
    ...(reason && (passed ? { conflict: reason } : { reason })),
  })),
  conflicts: conflicts.map(conflictView),
});

const whereOf = ({ at, gateId }: Plain<AdmittedView>): Plain<AdmittedView> => ({ at, gateId });

const passageView = ({ nonce, at, gateId, deviceId }: PassedScan): Plain<PassageView> => ({
  nonce,
  at,
  gateId,
  ...(deviceId !== undefined && { deviceId }),
});
