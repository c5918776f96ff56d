import { type Value } from './value';

export type Closure = (...given: readonly Value[]) => Value;
export type Returns = 'string' | 'int' | 'bool' | 'array' | 'object' | 'any';

/** A function of Bicep's own: how many arguments it takes, what it gives, and what it does where that can be told here. */
export interface BuiltIn {
  readonly least: number;
  readonly most: number;
  readonly returns: Returns;
  /** Known arguments, or lambdas. Without it only Azure, or the day, can tell. */
  readonly run?: (given: readonly never[]) => Value;
}

type Run<G extends readonly unknown[]> = (...given: G) => Value;

export function builtIn<G extends readonly unknown[] = readonly Value[]>(
  returns: Returns,
  [least, most]: readonly [number, number],
  run?: Run<G>,
): BuiltIn {
  return {
    least,
    most,
    returns,
    ...(run === undefined ? {} : { run: (given) => run(...(given as unknown as G)) }),
  };
}

export const many = Number.POSITIVE_INFINITY;
