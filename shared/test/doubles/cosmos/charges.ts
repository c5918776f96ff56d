/** Request units by the figures in Microsoft's documentation: per begun KB, with an index that leaves the body out. */
const perKilobyte = { read: 1, insert: 5.5, replace: 10.7, delete: 5.5 } as const;
export type Charged = keyof typeof perKilobyte;

export const charge = (kind: Charged, bytes: number): number =>
  perKilobyte[kind] * Math.max(1, Math.ceil(bytes / 1024));

/** A query's start, then what it gives back. */
export const queryCharge = (bytes: number): number => 2.3 + bytes / 1024;

/** Whoever is refused pays for the look. */
export const refusalCharge = 1.2;
