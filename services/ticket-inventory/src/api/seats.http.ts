import { etag, IsId, IsPlainText, route, type Plain, type Route } from '@boxoffice/shared/http';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, ValidateNested } from 'class-validator';
import type { FindSeats } from '../core/find-seats';

export class FindSeatsQuery {
  /** Shows the seats of ticket types that are hidden from who doesn't know it, too. */
  @IsOptional() @IsPlainText(60) accessCode?: string;
}

export class RowOfSeatsView {
  @IsString() name!: string;
  @IsId() ticketTypeId!: string;
  /** The number of its first seat; they count up from there. A seat is called `<section>/<row>/<number>`. */
  @IsInt() first!: number;
  /** A character a number: `.` free, `x` taken, `_` no seat. */
  @IsString() seats!: string;
  /** Numbers of seats that are given to nobody who doesn't ask for one. */
  @IsOptional() @IsInt({ each: true }) accessible?: number[];
  @IsOptional() @IsInt({ each: true }) restrictedView?: number[];
}

export class SectionOfSeatsView {
  @IsString() name!: string;
  @ValidateNested({ each: true }) @Type(() => RowOfSeatsView) rows!: RowOfSeatsView[];
}

export class SeatsView {
  @IsId() eventId!: string;
  /** Where seats are numbered: the best first. */
  @ValidateNested({ each: true }) @Type(() => SectionOfSeatsView) sections!: SectionOfSeatsView[];
}

export const seats = (query: FindSeats): Route =>
  route<object, FindSeatsQuery>({
    method: 'GET',
    path: '/events/{eventId}/seats',
    summary: 'Which numbered seats are free, at most a second old',
    access: 'anyone',
    query: FindSeatsQuery,
    answers: { status: 200, description: 'The seats, section by section and row by row', body: SeatsView },
    async handle({ params: { eventId = '' }, query: { accessCode } }) {
      const { version, sections } = await query.find(eventId, accessCode);
      const body: Plain<SeatsView> = { eventId, sections };
      const shared = accessCode === undefined ? 'public' : 'private';
      const headers = { etag: etag(version), 'cache-control': `${shared}, max-age=1` };
      return { status: 200, headers, body };
    },
  });
