import { IsId, IsInstant, type Plain } from '@boxoffice/shared/http';
import type { Instant } from '@boxoffice/shared/kernel';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, ValidateNested } from 'class-validator';
import type { WaitingPlace } from '../core/my-waiting-list';
import type { Entry, EntryState } from '../core/waiting-entry';
import { NewHoldView, newHoldView } from './hold.view';

export class WaitingEntryView {
  @IsString() entryId!: string;
  @IsId() ticketTypeId!: string;
  @IsInt() quantity!: number;
  @IsInstant() joinedAt!: Instant;
  /** `lapsed`: it was offered and not bought in time, or sales closed before it could be. */
  @IsIn(['waiting', 'offered', 'taken', 'lapsed', 'withdrawn']) state!: EntryState;
}

export class WaitingPlaceView extends WaitingEntryView {
  /** 1: nobody has waited longer for this ticket type. A small party may be served before a large one. */
  @IsOptional() @IsInt() position?: number;
  /** What is held for you, while it is offered. */
  @IsOptional() @ValidateNested() @Type(() => NewHoldView) offer?: NewHoldView;
}

export class WaitingPlacesView {
  @ValidateNested({ each: true }) @Type(() => WaitingPlaceView) items!: WaitingPlaceView[];
}

export const entryView = (
  { entryId, ticketTypeId, quantity, joinedAt }: Entry | WaitingPlace,
  state: EntryState,
): Plain<WaitingEntryView> => ({ entryId, ticketTypeId, quantity, joinedAt, state });

export const placeView = (place: WaitingPlace): Plain<WaitingPlaceView> => ({
  ...entryView(place, place.state),
  ...(place.position === undefined ? {} : { position: place.position }),
  ...(place.offer === undefined ? {} : { offer: newHoldView(place.offer) }),
});
