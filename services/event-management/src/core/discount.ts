import type { DiscountTerms } from '@boxoffice/shared/contracts';
import type { Chance } from '@boxoffice/shared/kernel';
import { accessCodeHash } from '@boxoffice/shared/tokens';
import type { Reason } from './refusals';
import { faultsOfTicketTypeIds } from './terms';

/** What is taken off, of what, for whom. Without codes it applies by itself. */
export interface Discount extends DiscountTerms {
  /** As buyers type them, in any case. They leave this service as hashes. */
  readonly codes?: readonly string[];
}

/** As the organiser writes it. */
export type DiscountDetails = Omit<Discount, 'discountId' | 'off'> & {
  readonly off: OffDetails;
  /** So many codes, which nobody can guess, are added to those given. */
  readonly newCodes: number;
};

/** Which members it must have is by what it is. */
export interface OffDetails {
  readonly is: Discount['off']['is'];
  readonly basisPoints?: number;
  readonly amountMinor?: number;
  readonly per?: 'ticket' | 'order';
}

export const mostDiscounts = 50;
export const mostCodes = 1000;

export function discountOf(
  discountId: string,
  { newCodes, off, codes, ...rest }: DiscountDetails,
  chance: Chance,
): Discount {
  const all = new Set(codes);
  const wanted = all.size + newCodes;
  while (all.size < wanted) all.add(drawCode(chance));
  return { discountId, ...rest, off: offOf(off), ...(all.size > 0 && { codes: [...all] }) };
}

/** Without letters and digits that are taken for one another: 32 of them, so that each byte is as good as the next. */
const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** `7KQ2M-XR4TB`: 50 bits of chance. */
function drawCode(chance: Chance): string {
  const letters = Array.from(chance.bytes(10), (byte) => alphabet[byte & 31]).join('');
  return `${letters.slice(0, 5)}-${letters.slice(5)}`;
}

function offOf({ is, basisPoints = 0, amountMinor = 0, per = 'ticket' }: OffDetails): Discount['off'] {
  if (is === 'percentage') return { is, basisPoints };
  return is === 'amount' ? { is, amountMinor, per } : { is };
}

/** What others are told of it. */
export const discountOnSale = (discount: Discount): DiscountTerms => ({
  ...discount,
  ...(discount.codes && { codes: discount.codes.map((code) => accessCodeHash(discount.discountId, code)) }),
});

/** What is wrong with a discount beside `others`, all of it. */
export const faultsOfDiscount = (
  details: DiscountDetails,
  others: readonly Discount[],
  ticketTypes: readonly { readonly ticketTypeId: string }[],
): readonly Reason[] => [
  ...(others.some(({ name }) => name.toLowerCase() === details.name.toLowerCase())
    ? [{ field: 'name', code: 'name-taken', message: 'another discount of this event has this name' }]
    : []),
  ...offFaults(details.off),
  ...codeFaults(details, others),
  ...faultsOfTicketTypeIds(details.ticketTypeIds, ticketTypes, 'ticketTypeIds'),
  ...useFaults(details),
];

const membersOf = {
  percentage: ['basisPoints'],
  amount: ['amountMinor', 'per'],
  free: [],
} as const satisfies Record<OffDetails['is'], readonly (keyof OffDetails)[]>;

const offFaults = (off: OffDetails): readonly Reason[] =>
  (['basisPoints', 'amountMinor', 'per'] as const).flatMap((member) => {
    const wanted = (membersOf[off.is] as readonly string[]).includes(member);
    if (wanted === (off[member] !== undefined)) return [];
    const code = wanted ? 'off-incomplete' : 'not-of-this-kind';
    const message = wanted ? `what is off by ${off.is} has ${member}` : `what is ${off.is} has no ${member}`;
    return [{ field: `off.${member}`, code, message }];
  });

/** A code leads to one discount, and stands there once. */
function codeFaults(
  { codes = [], newCodes }: DiscountDetails,
  others: readonly Discount[],
): readonly Reason[] {
  const upper = codes.map((code) => code.toUpperCase());
  const taken = new Set(others.flatMap((other) => other.codes ?? []).map((code) => code.toUpperCase()));
  const seen = new Set<string>();
  const faults = upper.flatMap((code, i): readonly Reason[] => {
    const field = `codes[${i}]`;
    const twice = seen.has(code);
    seen.add(code);
    if (twice)
      return [
        {
          field,
          code: 'code-twice',
          message: 'the same code is given twice; upper and lower case are alike',
        },
      ];
    return taken.has(code)
      ? [{ field, code: 'code-taken', message: 'another discount of this event has this code' }]
      : [];
  });
  return codes.length + newCodes > mostCodes
    ? [
        ...faults,
        { field: 'newCodes', code: 'too-many-codes', message: `a discount has ${mostCodes} codes at most` },
      ]
    : faults;
}

function useFaults({ codes, newCodes, perCode, maxUses, from, until }: DiscountDetails): readonly Reason[] {
  const faults: Reason[] = [];
  if (perCode && codes === undefined && newCodes === 0)
    faults.push({ field: 'perCode', code: 'no-codes', message: 'there are no codes to count the uses of' });
  if (perCode && maxUses === undefined)
    faults.push({ field: 'perCode', code: 'no-max-uses', message: 'perCode says of what maxUses counts' });
  if (from !== undefined && until !== undefined && until <= from)
    faults.push({ field: 'until', code: 'ends-before-start', message: 'until must be after from' });
  return faults;
}
