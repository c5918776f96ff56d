import { IsId, IsPlainText, IsSlug } from '@boxoffice/shared/http';
import { Type } from 'class-transformer';
import { IsArray, ValidateNested } from 'class-validator';

export class CategoryView {
  @IsId() categoryId!: string;
  @IsSlug() slug!: string;
  @IsPlainText(80) name!: string;
}

export class CategoriesView {
  @IsArray() @ValidateNested({ each: true }) @Type(() => CategoryView) items!: CategoryView[];
}
