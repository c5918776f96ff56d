import type { Instant } from '@boxoffice/shared/kernel';
import type { Reason } from './refusals';

/** What is sold. */
export interface TicketType {
  readonly ticketTypeId: string;
  readonly name: string;
  readonly description: string;
  /** In the event's currency; 0 is free. */
  readonly priceMinor: number;
  readonly capacity: number;
  /** None: from publication. */
  readonly salesFrom: Instant | undefined;
  /** None: until the event starts. */
  readonly salesUntil: Instant | undefined;
  readonly minPerOrder: number;
  readonly maxPerOrder: number;
}

export type TicketTypeDetails = Omit<TicketType, 'ticketTypeId'>;

export const mostTicketTypes = 50;

/** What is wrong with a ticket type beside `others`, all of it. */
export function faultsOf(details: TicketTypeDetails, others: readonly TicketType[]): readonly Reason[] {
  const { name, minPerOrder, maxPerOrder, capacity, salesFrom, salesUntil } = details;
  const faults: Reason[] = [];
  if (others.some((other) => other.name.toLowerCase() === name.toLowerCase()))
    faults.push({
      field: 'name',
      code: 'name-taken',
      message: 'another ticket type of this event has this name',
    });
  if (minPerOrder > maxPerOrder)
    faults.push({
      field: 'minPerOrder',
      code: 'min-over-max',
      message: 'minPerOrder must not be more than maxPerOrder',
    });
  if (minPerOrder > capacity)
    faults.push({
      field: 'minPerOrder',
      code: 'min-over-capacity',
      message: 'minPerOrder must not be more than capacity',
    });
  if (salesFrom !== undefined && salesUntil !== undefined && salesFrom >= salesUntil)
    faults.push({
      field: 'salesUntil',
      code: 'sales-end-before-start',
      message: 'salesUntil must be after salesFrom',
    });
  return faults;
}
