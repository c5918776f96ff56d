/** One tax of a place, from a day on. Two of one place and category are both charged. */
export interface TaxRow {
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** ISO 3166-2 without the country; of the whole country where absent. */
  readonly region?: string;
  /** `reduced`: what admission to a cultural event bears where that is less than the standard rate. */
  readonly category: 'standard' | 'reduced';
  readonly name: string;
  readonly percent: number;
  /** The first day that it holds, and the first that it doesn't any more; in UTC. */
  readonly from: string;
  readonly until?: string;
}

/** The rate from each day on, until the next; `0` ends it. */
type History = Readonly<Record<string, number>>;

/** `place`: `FR`, or `CA-ON` for a region. */
export function taxRows(
  place: string,
  name: string,
  standard: History,
  reduced: History = {},
): readonly TaxRow[] {
  const [country = '', region] = place.split('-');
  const rowsOf = (category: TaxRow['category'], history: History): readonly TaxRow[] => {
    const days = Object.keys(history).sort();
    return days.flatMap((from, i) => {
      const percent = history[from] ?? 0;
      const until = days[i + 1];
      const where = { country, ...(region === undefined ? {} : { region }) };
      return percent === 0
        ? []
        : [{ ...where, category, name, percent, from, ...(until === undefined ? {} : { until }) }];
    });
  };
  return [...rowsOf('standard', standard), ...rowsOf('reduced', reduced)];
}
