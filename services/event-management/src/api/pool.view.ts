import { IsId, IsPlainText } from '@boxoffice/shared/http';
import { Type } from 'class-transformer';
import { IsArray, IsInt, ValidateNested } from 'class-validator';

export class PoolView {
  @IsId() poolId!: string;
  @IsPlainText(120) name!: string;
  @IsInt() capacity!: number;
}

export class PoolsView {
  @IsArray() @ValidateNested({ each: true }) @Type(() => PoolView) items!: PoolView[];
}
