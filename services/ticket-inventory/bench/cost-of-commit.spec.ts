import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { closeCosmos } from '@boxoffice/shared/platform/azure/cosmos';
import { chargedByDouble, type Charged } from './charged';
import { costOfCommit } from './cost-of-commit';

/** Of the request units, by which the model may be wrong. */
const tolerance = 0.05;

const error = ({ charged, modelled }: Charged): number =>
  Math.abs(modelled.requestUnits / charged.requestUnits - 1);

describe('the cost of a commit', () => {
  let outcomes: readonly Charged[];

  beforeAll(async () => {
    outcomes = await chargedByDouble([1, 10, 100, 500, 1000]);
  });
  afterAll(closeCosmos);

  it('is what the double charges for it, to a twentieth, however many share it or were faster', () => {
    for (const outcome of outcomes) expect([outcome, error(outcome) <= tolerance]).toEqual([outcome, true]);
  });

  it('is counted in the round trips that there are', () => {
    for (const { what, charged, modelled } of outcomes)
      expect([what, modelled.roundTrips]).toEqual([what, charged.roundTrips]);
  });

  it('would be noticed to be wrong, were a hold a fifth larger', () => {
    const [thousand] = outcomes.filter(({ what }) => what === '1000 at once');
    const modelled = costOfCommit({ holds: 1200, rootBytes: 500 });
    expect(thousand && error({ ...thousand, modelled })).toBeGreaterThan(tolerance);
  });
});
