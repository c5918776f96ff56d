import { IsPlainText } from '@boxoffice/shared/http';
import { IsInt, Max, Min } from 'class-validator';

export class PoolRequest {
  @IsPlainText(120) name!: string;
  @IsInt() @Min(1) @Max(1_000_000) capacity!: number;
}
