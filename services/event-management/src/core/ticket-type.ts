import type { Instant } from '@boxoffice/shared/kernel';
import type { Pool } from './pool';
import { faultsOfPricing, type Pricing, type PricingDetails } from './pricing';
import type { Reason } from './refusals';

/** What is sold. */
export interface TicketType extends Pricing {
  readonly ticketTypeId: string;
  readonly name: string;
  readonly description: string;
  /** In the event's currency; 0 is free. What its `tiers` and `packages` don't decide otherwise. */
  readonly priceMinor: number;
  readonly capacity: number;
  /** None: from publication. */
  readonly salesFrom: Instant | undefined;
  /** None: until the event starts. */
  readonly salesUntil: Instant | undefined;
  readonly minPerOrder: number;
  readonly maxPerOrder: number;
  /** Held and bought by one buyer, over all orders. */
  readonly maxPerBuyer: number | undefined;
  /** The pool of the event whose capacity it shares. */
  readonly poolId: string | undefined;
  /** Where there are any, it is hidden, and sold only to who names one of them. */
  readonly accessCodes: readonly string[] | undefined;
}

export type TicketTypeDetails = Omit<TicketType, 'ticketTypeId' | keyof Pricing> & PricingDetails;

export const mostTicketTypes = 50;

export const isHidden = ({ accessCodes }: TicketType): boolean => accessCodes !== undefined;

/** What is wrong with a ticket type, `ticketTypeId` where it has been added, beside `others` and with these pools: all of it. */
export function faultsOf(
  details: TicketTypeDetails,
  others: readonly TicketType[],
  pools: readonly Pool[],
  ticketTypeId?: string,
): readonly Reason[] {
  const { name, minPerOrder, maxPerOrder, maxPerBuyer, capacity, salesFrom, salesUntil, poolId } = details;
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
  if (maxPerBuyer !== undefined && minPerOrder > maxPerBuyer)
    faults.push({
      field: 'maxPerBuyer',
      code: 'min-over-buyer',
      message: 'maxPerBuyer must not be less than minPerOrder',
    });
  if (salesFrom !== undefined && salesUntil !== undefined && salesFrom >= salesUntil)
    faults.push({
      field: 'salesUntil',
      code: 'sales-end-before-start',
      message: 'salesUntil must be after salesFrom',
    });
  if (poolId !== undefined && !pools.some((pool) => pool.poolId === poolId))
    faults.push({ field: 'poolId', code: 'unknown-pool', message: 'this event has no such pool' });
  const codes = (details.accessCodes ?? []).map((code) => code.toUpperCase());
  codes.forEach((code, i) => {
    if (codes.indexOf(code) < i)
      faults.push({
        field: `accessCodes[${i}]`,
        code: 'code-twice',
        message: 'the same code is given twice; upper and lower case are alike',
      });
  });
  return [...faults, ...faultsOfPricing(details, others, ticketTypeId)];
}
