import type { TaxCategory } from '@boxoffice/shared/contracts';
import type { Instant } from '@boxoffice/shared/kernel';
import type { Reason } from './refusals';

/** How the price of a ticket type comes about, beside its own. All amounts are in the event's currency. */
export interface Pricing {
  /** The first that still holds is asked; the ticket type's own price once none does. */
  readonly tiers?: readonly Tier[];
  readonly packages?: readonly Package[];
  /** The buyer names the price, from the ticket type's own upwards. */
  readonly donation?: true;
  /** Sold only beside a ticket of one of these types. */
  readonly addOnTo?: readonly string[];
  /** None: standard. */
  readonly taxCategory?: TaxCategory;
}

/** Early birds, or the last to come: a price until a time, or for so many tickets, or whichever is over first. */
export interface Tier {
  readonly tierId: string;
  readonly name: string;
  readonly priceMinor: number;
  readonly until?: Instant;
  readonly upTo?: number;
}

export type TierDetails = Omit<Tier, 'tierId'>;

/** So many tickets together for one price. */
export interface Package {
  readonly name: string;
  readonly size: number;
  readonly priceMinor: number;
}

/** As the organiser writes it: tiers are given their ids here. */
export type PricingDetails = Omit<Pricing, 'tiers'> & {
  readonly tiers?: readonly TierDetails[];
};

/** Another ticket type of the event. */
type Sibling = Pick<Pricing, 'addOnTo'> & { readonly ticketTypeId: string };

export const taxCategories: readonly TaxCategory[] = ['standard', 'reduced', 'zero', 'exempt'];
export const mostTiers = 20;
export const mostPackages = 20;

/** What is wrong with the pricing of a ticket type, `ticketTypeId` where it has been added, beside `others`: all of it. */
export const faultsOfPricing = (
  details: PricingDetails & { readonly maxPerOrder: number },
  others: readonly Sibling[],
  ticketTypeId: string | undefined,
): readonly Reason[] => [
  ...tierFaults(details.tiers ?? []),
  ...packageFaults(details),
  ...donationFaults(details),
  ...addOnFaults(details.addOnTo ?? [], others, ticketTypeId),
];

const tierFaults = (tiers: readonly TierDetails[]): readonly Reason[] =>
  tiers.flatMap(({ name, until, upTo }, i) => {
    const at = `tiers[${i}]`;
    const before = tiers.slice(0, i);
    const faults: Reason[] = [];
    if (before.some((other) => other.name.toLowerCase() === name.toLowerCase()))
      faults.push({ field: `${at}.name`, code: 'name-taken', message: 'another tier has this name' });
    if (until === undefined && upTo === undefined)
      faults.push({
        field: at,
        code: 'tier-without-end',
        message: 'a tier has an end: until, upTo, or both',
      });
    // One that may also end by number leaves time to the next.
    const outlives = (other: (typeof before)[number], at: Instant): boolean =>
      other.upTo === undefined && other.until !== undefined && other.until >= at;
    if (until !== undefined && before.some((other) => outlives(other, until)))
      faults.push({
        field: `${at}.until`,
        code: 'tier-never-asked',
        message: 'a tier before this one holds at least as long, so this one never does',
      });
    return faults;
  });

const packageFaults = ({
  packages = [],
  maxPerOrder,
}: Pick<PricingDetails, 'packages'> & { readonly maxPerOrder: number }): readonly Reason[] =>
  packages.flatMap(({ size }, i) => {
    const field = `packages[${i}].size`;
    if (packages.findIndex((other) => other.size === size) < i)
      return [{ field, code: 'size-taken', message: 'another package has as many tickets' }];
    if (size > maxPerOrder)
      return [{ field, code: 'package-over-max', message: 'an order must be able to have a whole package' }];
    return [];
  });

const donationFaults = ({ donation, tiers, packages }: PricingDetails): readonly Reason[] =>
  donation && (tiers ?? packages) !== undefined
    ? [
        {
          field: 'donation',
          code: 'donation-with-prices',
          message: 'where buyers name the price there are no tiers and no packages',
        },
      ]
    : [];

function addOnFaults(
  addOnTo: readonly string[],
  others: readonly Sibling[],
  ticketTypeId: string | undefined,
): readonly Reason[] {
  const faults = addOnTo.flatMap((id, i): readonly Reason[] => {
    const field = `addOnTo[${i}]`;
    const other = others.find((one) => one.ticketTypeId === id);
    if (!other)
      return [
        { field, code: 'unknown-ticket-type', message: 'this event has no other ticket type of this id' },
      ];
    if (other.addOnTo) return [{ field, code: 'add-on-to-add-on', message: 'this is an add-on itself' }];
    return addOnTo.indexOf(id) < i
      ? [{ field, code: 'ticket-type-twice', message: 'the same ticket type is given twice' }]
      : [];
  });
  const hasAddOns = others.some((other) => other.addOnTo?.includes(ticketTypeId ?? ''));
  return addOnTo.length > 0 && hasAddOns
    ? [...faults, { field: 'addOnTo', code: 'has-add-ons', message: 'this has add-ons, and so can’t be one' }]
    : faults;
}
