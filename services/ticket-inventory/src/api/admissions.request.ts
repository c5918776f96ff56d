import { IsId, IsInstant, IsSlug } from '@boxoffice/shared/http';
import type { Instant } from '@boxoffice/shared/kernel';
import {
  admissionReasons,
  directions,
  mostScansAtOnce,
  type AdmissionReason,
  type Direction,
} from '@boxoffice/shared/scanning';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  Length,
  Matches,
  ValidateIf,
  ValidateNested,
} from 'class-validator';

/** What a QR code may hold at the most: whatever somebody shows has an answer. */
const longestCode = 4296;
const nonceShape = /^[A-Za-z0-9_-]{8,40}$/;

export class AdmissionRequestBody {
  @IsId() eventId!: string;
  @Length(1, longestCode) code!: string;
  @IsSlug() gateId!: string;
  /** Made by who scans, new for each scan; the same again when no answer came. */
  @Matches(nonceShape) nonce!: string;
  @IsOptional() @IsString() @IsIn(directions) direction: Direction = 'in';
  /** Where it was asked before, and no answer came. */
  @IsOptional() @IsInstant() scannedAt?: Instant;
}

export class ScanRequest {
  @Length(1, longestCode) code!: string;
  @IsSlug() gateId!: string;
  @Matches(nonceShape) nonce!: string;
  @IsOptional() @IsString() @IsIn(directions) direction: Direction = 'in';
  @IsInstant() scannedAt!: Instant;
  /** What the scanner said to it. */
  @IsString() @IsIn(['accepted', 'refused']) result!: 'accepted' | 'refused';
  @ValidateIf(({ result }: ScanRequest) => result === 'refused')
  @IsString()
  @IsIn(admissionReasons)
  reason?: AdmissionReason;
}

export class UploadRequest {
  @IsId() eventId!: string;
  /** Made once by each device: an id, and no name. */
  @IsId() deviceId!: string;
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(mostScansAtOnce)
  @ValidateNested({ each: true })
  @Type(() => ScanRequest)
  scans!: ScanRequest[];
}
