import type { TaxCategory } from '@boxoffice/shared/contracts';
import type { Instant } from '@boxoffice/shared/kernel';
import { ratesBesideTheUnion, ratesOfTheUnion, unionCountries } from './rates-europe';
import { ratesOverseas } from './rates-overseas';
import type { TaxOf, TaxRate, TaxVerdict } from './tax';
import type { TaxRow } from './tax-rows';
import { readVatId } from './vat-id';

const known: readonly TaxRow[] = [...ratesOfTheUnion, ...ratesBesideTheUnion, ...ratesOverseas];

/** Parts of a country in which its tax does not hold, and none that is known here: Ceuta and Melilla. */
const apart: ReadonlySet<string> = new Set(['ES-CE', 'ES-ML']);

/** The table as it is known here; of a place and category for which the operator has rows, theirs stand instead. */
export function taxTable(operators: readonly TaxRow[] = []): TaxOf {
  const ours = new Set(operators.map(keyOf));
  const rows = Map.groupBy([...known.filter((row) => !ours.has(keyOf(row))), ...operators], placeOf);

  /** Undefined: nobody knows what is charged there. */
  function ratesAt(place: string, category: TaxCategory, at: Instant): readonly TaxRate[] | undefined {
    if (category === 'exempt') return [];
    const here = (rows.get(place) ?? []).filter((row) => holds(row, at));
    const standard = here.filter((row) => row.category === 'standard');
    if (category === 'zero') return standard[0] && [{ name: standard[0].name, basisPoints: 0 }];
    // Where culture has no rate of its own, it bears that of all else.
    const reduced = category === 'reduced' ? here.filter((row) => row.category === 'reduced') : [];
    const taxed = reduced.length > 0 ? reduced : standard;
    return taxed.length === 0 ? undefined : taxed.map(rateOf);
  }

  return (place, category, at, buyer, sellerCountry): TaxVerdict | undefined => {
    const online = place.online === true;
    const seller = sellerCountry ?? place.country;
    const business = online && buyer.vatId !== undefined ? readVatId(buyer.vatId)?.country : undefined;
    const country = online ? (business ?? buyer.country ?? place.country) : place.country;
    const { region } = place;
    const inRegion = region !== undefined && country === place.country ? `${country}-${region}` : country;
    const rates =
      ratesAt(inRegion, category, at) ?? (apart.has(inRegion) ? undefined : ratesAt(country, category, at));
    if (!rates) return undefined;
    // Admission is taxed where the event is held, whoever buys (Article 53 of Directive 2006/112/EC); what is attended
    // online, where a business is that buys it, and then by that business if the seller is elsewhere (Articles 44 and 196).
    const reverseCharge = business !== undefined && unionCountries.has(business) && business !== seller;
    return { rates, reverseCharge };
  };
}

const placeOf = ({ country, region }: TaxRow): string =>
  region === undefined ? country : `${country}-${region}`;
const keyOf = (row: TaxRow): string => `${placeOf(row)} ${row.category}`;

/** Days are those of UTC: within hours of a change, the seller's own clock may be of another opinion. */
function holds({ from, until }: TaxRow, at: Instant): boolean {
  const day = at.slice(0, 10);
  return from <= day && (until === undefined || day < until);
}

// Quebec's 9.975 % are 997.5 hundredths of a per cent, and not a hair more.
const rateOf = ({ name, percent }: TaxRow): TaxRate => ({
  name,
  basisPoints: Math.round(percent * 100_000) / 1000,
});
