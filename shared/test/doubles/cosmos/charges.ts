/**
 * Request units as Microsoft publishes them: learn.microsoft.com/azure/cosmos-db/understand-request-unit-consumption, of April
 * 2026, for one region and session consistency. `[KB, a read, a write]`; between two sizes, the line between them.
 */
const published = [
  [1, 1, 4.95],
  [2, 1.04, 6.29],
  [4, 1.14, 6.67],
  [8, 1.33, 7.04],
  [16, 1.67, 9.52],
  [32, 2.19, 11.23],
  [64, 4.76, 22.67],
  [128, 9.95, 48.19],
  [256, 20.28, 98.29],
  [512, 40.95, 184.57],
  [1024, 145.9, 625],
  [2048, 291.8, 1250],
] as const;

// Each term that an index gains or loses, by the same source.
const indexTerm = 0.2;
/** What the containers' policy leaves in the index: partition, id and the time of the write. */
const indexed = 3;
/** Of these a replace changes the time: one term goes, one comes. */
const changed = 1;

/** Sizes are in bytes of JSON: what is stored is a little smaller. */
export const readCharge = (bytes: number): number => sized(bytes, 1);
export const insertCharge = (bytes: number): number => sized(bytes, 2) + indexed * indexTerm;
export const deleteCharge = (bytes: number): number => sized(bytes, 2) + indexed * indexTerm;
/** The old document goes and the new one comes. */
export const replaceCharge = (before: number, after: number): number =>
  sized(before, 2) + sized(after, 2) + 2 * changed * indexTerm;

/** What reading the documents one by one would cost, and a query's start: the least that accounts show for one. */
export const queryCharge = (sizes: readonly number[]): number => 2.3 + readOneByOne(sizes);
/** A page of changes; asking in vain is not free either. */
export const feedCharge = (sizes: readonly number[]): number => Math.max(1, readOneByOne(sizes));

/** Whoever is refused pays for the look. */
export const refusalCharge = 1.2;

const readOneByOne = (sizes: readonly number[]): number =>
  sizes.reduce((sum, bytes) => sum + readCharge(bytes), 0);

function sized(bytes: number, column: 1 | 2): number {
  const kilobytes = Math.min(2048, Math.max(1, bytes / 1024));
  const at = Math.max(
    1,
    published.findIndex(([size]) => size >= kilobytes),
  );
  const [from, to] = [published[at - 1] ?? published[0], published[at] ?? published[0]];
  const share = (kilobytes - from[0]) / (to[0] - from[0]);
  return from[column] + share * (to[column] - from[column]);
}
