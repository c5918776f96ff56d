import type { Random } from '@boxoffice/shared/platform/simulated';

/** Opens what is hidden: those who know it know this one. */
export const accessCode = 'FRIENDS-2027';

interface Row {
  readonly name: string;
  readonly first: number;
  readonly last: number;
  readonly gaps?: readonly number[];
  readonly accessible?: readonly number[];
  readonly restrictedView?: readonly number[];
}

/** What an organiser is going to sell. */
export interface Offer {
  readonly ticketTypes: readonly {
    readonly name: string;
    readonly priceMinor: number;
    readonly capacity: number;
    readonly maxPerOrder: number;
    readonly maxPerBuyer?: number;
    readonly accessCodes?: readonly string[];
    readonly sharesThePool: boolean;
    /** The section of the hall that is sold as this, seat by seat. */
    readonly section?: string;
  }[];
  /** How much those that share it sell together. */
  readonly poolCapacity?: number;
  readonly sections: readonly { readonly name: string; readonly rows: readonly Row[] }[];
}

const names = ['Stalls', 'Gallery', 'Friends'] as const;

export function drawOffer(random: Random): Offer {
  const count = random.between([1, 3]);
  const pooled = count > 1 && random.chance(0.4);
  const ticketTypes = names.slice(0, count).map((name, at) => ({
    name,
    priceMinor: random.chance(0.15) ? 0 : random.between([100, 9_900]),
    capacity: random.between([1, 6]),
    maxPerOrder: 4,
    ...(random.chance(0.25) ? { maxPerBuyer: random.between([1, 4]) } : {}),
    ...(name === 'Friends' && random.chance(0.6) ? { accessCodes: [accessCode] } : {}),
    sharesThePool: pooled && (at === 0 || random.chance(0.7)),
    ...(name !== 'Friends' && random.chance(0.35) ? { section: `Hall ${at + 1}` } : {}),
  }));
  return {
    ticketTypes,
    ...(pooled ? { poolCapacity: random.between([1, 8]) } : {}),
    sections: ticketTypes.flatMap(({ section }) =>
      section === undefined ? [] : [{ name: section, rows: drawRows(random) }],
    ),
  };
}

function drawRows(random: Random): readonly Row[] {
  return ['A', 'B', 'C'].slice(0, random.between([1, 3])).map((name) => {
    const last = random.between([2, 6]);
    const seat = (): number => random.between([1, last]);
    const gap = last > 3 && random.chance(0.3) ? seat() : undefined;
    const marked = (probability: number): readonly number[] =>
      random.chance(probability) ? [seat()].filter((number) => number !== gap) : [];
    return {
      name,
      first: 1,
      last,
      ...(gap === undefined ? {} : { gaps: [gap] }),
      accessible: marked(0.4),
      restrictedView: marked(0.3),
    };
  });
}
