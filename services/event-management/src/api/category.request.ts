import { IsPlainText, IsSlug } from '@boxoffice/shared/http';
import { IsOptional } from 'class-validator';

export class CategoryRequest {
  @IsPlainText(80) name!: string;
  /** Made from the name where none is given. */
  @IsOptional() @IsSlug() slug?: string;
}
