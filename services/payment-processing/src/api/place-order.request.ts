import { IsPlainText } from '@boxoffice/shared/http';
import { Type } from 'class-transformer';
import {
  IsEmail,
  IsObject,
  IsOptional,
  IsString,
  MaxLength,
  MinLength,
  ValidateNested,
} from 'class-validator';

export class BuyerRequest {
  @IsPlainText(200) name!: string;
  @IsEmail() @MaxLength(320) email!: string;
}

export class PlaceOrderRequest {
  /** As ticket-inventory answered it. */
  @IsString() @MinLength(1) @MaxLength(4096) holdToken!: string;
  /** Whom the tickets are for; whoever is signed in, when not given. */
  @IsOptional() @IsObject() @ValidateNested() @Type(() => BuyerRequest) buyer?: BuyerRequest;
}
