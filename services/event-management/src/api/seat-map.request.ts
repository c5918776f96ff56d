import { IsPlainText } from '@boxoffice/shared/http';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsInt,
  IsOptional,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { seatMapLimits, type Row, type Section } from '../core/seat-map';

/** A seat's id is `<section>/<row>/<number>`, and is printed: letters that nobody sees would make two seats look alike. */
function IsSeatingName(most: number): PropertyDecorator {
  const message = '$property must be printable, without /';
  return (target, property) => {
    IsPlainText(most)(target, property);
    Matches(/^(?:[^/\p{C}\p{Z}]| )+$/u, { message })(target, property);
  };
}

/** Numbers of one row. */
function AreNumbers(): PropertyDecorator {
  return (target, property) => {
    IsOptional()(target, property);
    IsArray()(target, property);
    ArrayMaxSize(seatMapLimits.seatsOfRow)(target, property);
    IsInt({ each: true })(target, property);
  };
}

export class RowRequest {
  @IsSeatingName(20) name!: string;
  @IsInt() @Min(0) @Max(99_999) first!: number;
  @IsInt() @Min(0) @Max(99_999) last!: number;
  /** Numbers that are no seats: an aisle, a pillar. */
  @AreNumbers() gaps?: number[];
  @AreNumbers() accessible?: number[];
  @AreNumbers() restrictedView?: number[];
}

export class SectionRequest {
  @IsSeatingName(40) name!: string;
  /** Best first. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(seatMapLimits.rowsOfSection)
  @ValidateNested({ each: true })
  @Type(() => RowRequest)
  rows!: RowRequest[];
}

export class SeatMapRequest {
  @IsPlainText(120) name!: string;
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(seatMapLimits.sections)
  @ValidateNested({ each: true })
  @Type(() => SectionRequest)
  sections!: SectionRequest[];
}

export const sectionsOf = ({ sections }: SeatMapRequest): readonly Section[] =>
  sections.map(({ name, rows }) => ({ name, rows: rows.map(rowOf) }));

const rowOf = ({ name, first, last, gaps = [], accessible = [], restrictedView = [] }: RowRequest): Row => ({
  name,
  first,
  last,
  ...(gaps.length === 0 ? {} : { gaps }),
  ...(accessible.length === 0 ? {} : { accessible }),
  ...(restrictedView.length === 0 ? {} : { restrictedView }),
});
