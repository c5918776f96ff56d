export interface CommitShape {
  readonly holds: number;
  /** The stock document as JSON: about half a KB, and a tenth more for each ticket type. */
  readonly rootBytes: number;
  /** How often another process had committed first. */
  readonly overtaken?: number;
}

export interface Cost {
  readonly requestUnits: number;
  /** One after another: what a buyer waits for. */
  readonly roundTrips: number;
}

const holdBytes = 128;
const segmentBytes = 250;
/** What surrounds a document's body, ids and all. */
const envelopeBytes = 100;

/**
 * What one commit of holds costs on Cosmos DB, whoever shares it: a batch that replaces the root and creates a segment. The root
 * costs the same however many they are, about 10 RU, and the segment about 5 RU and then a twentieth for each hold: alone a
 * hold costs 16 RU, among a hundred 0.2, among a thousand 0.06. Each time that another was faster adds a refused batch, the new
 * root and a query for what the other did. Good to a twentieth; the figures are those of shared/test/doubles/cosmos/charges.ts.
 */
export function costOfCommit({ holds, rootBytes, overtaken = 0 }: CommitShape): Cost {
  const root = rootBytes + envelopeBytes;
  const segment = segmentBytes + holds * holdBytes + envelopeBytes;
  const batch = 2 * written(root) + written(segment) + 1;
  const lookAgain = 1.2 + 1 + (2.3 + 1);
  return { requestUnits: batch + overtaken * lookAgain, roundTrips: 1 + overtaken * 3 };
}

/** A line and a steeper one: a write of 1 KB costs 5 RU, of 32 KB 12, of 256 KB 96. */
function written(bytes: number): number {
  const kilobytes = Math.max(1, bytes / 1024);
  return Math.max(5 + 0.21 * (kilobytes - 1), 0.375 * kilobytes);
}
