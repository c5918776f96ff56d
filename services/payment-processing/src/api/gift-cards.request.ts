import { IsCurrency, IsInstant, IsMinorUnits } from '@boxoffice/shared/http';
import type { Instant } from '@boxoffice/shared/kernel';
import { IsOptional, IsString, MaxLength, Min, MinLength } from 'class-validator';

export class IssueGiftCardRequest {
  @IsMinorUnits(1_000_000_000) @Min(1) amountMinor!: number;
  @IsCurrency() currency!: string;
  @IsOptional() @IsInstant() expiresAt?: Instant;
}

export class GiftCardBalanceRequest {
  @IsString() @MinLength(1) @MaxLength(64) code!: string;
}
