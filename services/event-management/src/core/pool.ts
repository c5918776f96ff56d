import type { Reason } from './refusals';

/** A capacity that ticket types of an event share: together they are never sold beyond it. */
export interface Pool {
  readonly poolId: string;
  readonly name: string;
  readonly capacity: number;
}

export type PoolDetails = Omit<Pool, 'poolId'>;

export const mostPools = 20;

/** What is wrong with a pool beside `others`, all of it. */
export const faultsOfPool = ({ name }: PoolDetails, others: readonly Pool[]): readonly Reason[] =>
  others.some((other) => other.name.toLowerCase() === name.toLowerCase())
    ? [{ field: 'name', code: 'name-taken', message: 'another pool of this event has this name' }]
    : [];
