import type { IssuedPaper } from '@boxoffice/shared/contracts';
import { IsInstant, type Plain } from '@boxoffice/shared/http';
import { Type } from 'class-transformer';
import { IsArray, IsString, ValidateNested } from 'class-validator';
import { MoneyView } from './order.view';

export class CreditNoteView {
  @IsString() number!: string;
  /** The number of the invoice that it corrects. */
  @IsString() corrects!: string;
  /** With its taxes. */
  @ValidateNested() @Type(() => MoneyView) total!: MoneyView;
  @IsInstant() issuedAt!: string;
}

export class CreditNotesView {
  @IsArray() @ValidateNested({ each: true }) @Type(() => CreditNoteView) items!: readonly CreditNoteView[];
}

export const creditNoteView = ({
  number,
  corrects,
  total,
  issuedAt,
}: IssuedPaper): Plain<CreditNoteView> => ({
  number,
  corrects: corrects?.number ?? '',
  total,
  issuedAt,
});
