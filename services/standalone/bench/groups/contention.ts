import { closeCosmos } from '@boxoffice/shared/platform/azure/cosmos';
import { chargedByDouble } from '../../../ticket-inventory/bench/charged';
import { throughBuckets, throughDoors } from '../../../ticket-inventory/bench/contention/doors';
import { doublingPause, etagLoop, noPause } from '../../../ticket-inventory/bench/contention/etag-loop';
import { play, type RushOutcome } from '../../../ticket-inventory/bench/contention/rush';
import { costOfCommit } from '../../../ticket-inventory/bench/cost-of-commit';
import type { Bench, Group } from '../group';

const rush = { buyers: 5000, withinMilliseconds: 20, processes: 1, unitsPerSecond: 10_000 };

/**
 * Thousands at one partition of Cosmos DB, in a model of it whose time is virtual: the service's own code against the loop that it
 * is there to replace. Computing takes no virtual time, so what it takes of this machine's is told beside.
 */
export const contention: Group = async (bench) => {
  const { report, tell } = bench;
  const before = process.cpuUsage();
  const own = await play(throughDoors, rush);
  const { user, system } = process.cpuUsage(before);
  tell('the plain loop, in virtual time: about half a minute');
  const plain = await play(etagLoop(noPause), rush);
  const patient = await play(etagLoop(doublingPause), rush);

  report({ name: `modelled Cosmos DB, ${rush.buyers} buyers: plain ETag loop`, ...rate(plain) });
  report({ name: '  p99', value: plain.p99, unit: 'ms' });
  report({ name: '  request units a hold', value: plain.unitsAHold, unit: 'RU' });
  report({ name: 'the same with pauses that double', ...rate(patient) });
  report({ name: '  p99', value: patient.p99, unit: 'ms' });
  report({ name: 'the same through the door of ticket-inventory', ...rate(own) });
  report({ name: '  times the plain loop', value: own.perSecond / plain.perSecond, unit: '', atLeast: 300 });
  report({ name: '  p99', value: own.p99, unit: 'ms', atMost: 25 });
  report({ name: '  request units a hold', value: own.unitsAHold, unit: 'RU', atMost: 0.25 });
  report({ name: '  CPU a hold, not counted above', value: (user + system) / own.held, unit: 'µs' });

  for (const processes of [2, 4])
    tellOf(bench, `by ${processes} processes`, await play(throughDoors, { ...rush, processes }));
  for (const [processes, unitsPerSecond, strategy] of [
    [1, 10_000, throughDoors],
    [1, 1000, throughDoors],
    [1, 400, throughDoors],
    [4, 10_000, throughDoors],
    [4, 10_000, throughBuckets],
  ] as const) {
    const crowd = { buyers: 50_000, withinMilliseconds: 10_000, processes, unitsPerSecond };
    const name = `50,000 in 10 s, ${unitsPerSecond} RU/s, ${processes} ${processes === 1 ? 'process' : 'processes'}`;
    tellOf(bench, strategy === throughBuckets ? `${name}, a bucket each` : name, await play(strategy, crowd));
  }
  await costs(bench);
};

function tellOf({ report }: Bench, name: string, outcome: RushOutcome): void {
  report({ name, ...rate(outcome) });
  report({ name: '  p99', value: outcome.p99, unit: 'ms' });
  report({ name: '  request units a hold', value: outcome.unitsAHold, unit: 'RU' });
  report({ name: '  turned away', value: outcome.turnedAway, unit: '' });
}

const rate = ({ perSecond }: RushOutcome): { value: number; unit: string } => ({
  value: perSecond,
  unit: '/s',
});

/** What the function costOfCommit says, and how far that is from what the double charges the real SDK. */
async function costs({ report }: Bench): Promise<void> {
  for (const holds of [1, 100, 1000]) {
    const { requestUnits } = costOfCommit({ holds, rootBytes: 600 });
    report({ name: `a commit of ${holds}, by the cost model`, value: requestUnits, unit: 'RU' });
  }
  const outcomes = await chargedByDouble([1, 10, 100, 500, 1000]);
  await closeCosmos();
  const errors = outcomes.map(({ charged, modelled }) =>
    Math.abs(modelled.requestUnits / charged.requestUnits - 1),
  );
  report({
    name: '  off what the Cosmos double charges, at most',
    value: 100 * Math.max(...errors),
    unit: '%',
    atMost: 5,
  });
}
