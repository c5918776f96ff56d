import { IsCurrency, IsId, IsInstant, IsMinorUnits, IsPlainText } from '@boxoffice/shared/http';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsOptional,
  IsString,
  Matches,
  Min,
  ValidateNested,
} from 'class-validator';

export class CreditRequest {
  /** The bank's name for the entry: the same on each statement that it stands on. */
  @IsString() @Matches(/^[\x21-\x7e]{1,128}$/) bankId!: string;
  @IsMinorUnits() @Min(1) amountMinor!: number;
  @IsCurrency() currency!: string;
  /** What the payer wrote, all of it. */
  @IsPlainText(1000, { least: 0, lines: true }) remittance!: string;
  @IsInstant() bookedAt!: string;
  @IsOptional() @IsPlainText(200) payerName?: string;
  /** Where the money came from: for sending it back. */
  @IsOptional() @IsString() @Matches(/^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$/) payerIban?: string;
}

export class BankStatementRequest {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @ValidateNested({ each: true })
  @Type(() => CreditRequest)
  credits!: CreditRequest[];
}

export class AssignCreditRequest {
  @IsId() paymentId!: string;
}
