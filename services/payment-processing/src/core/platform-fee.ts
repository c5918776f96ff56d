import { money, type Money } from '@boxoffice/shared/kernel';

/** What the platform keeps of each paid order. */
export interface PlatformFee {
  /** Hundredths of a per cent of what was paid. */
  readonly basisPoints: number;
  /** And so many minor units, by currency. */
  readonly fixed: Readonly<Record<string, number>>;
}
export const PlatformFee = Symbol('PlatformFee');

export const noFee: PlatformFee = { basisPoints: 0, fixed: {} };

/** Rounded half up, and never more than was paid. */
export function feeOn(paid: Money, { basisPoints, fixed }: PlatformFee): Money {
  const share = Math.floor((paid.amountMinor * basisPoints + 5_000) / 10_000);
  return money(Math.min(paid.amountMinor, share + (fixed[paid.currency] ?? 0)), paid.currency);
}
