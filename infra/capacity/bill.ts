import { prices } from './prices';
import { busOperationsEach, callsEach, purchase, quietUnitsEach } from './purchase';
import type { Size } from './sizes';

export const hours = 730;
const seconds = hours * 3600;
const million = 1_000_000;

export interface Line {
  readonly of: string;
  readonly usd: number;
}

/** How often the timers of all services run in a month. Each runs on an instance of its own on Flex, and is billed for a second at least. */
export const timerRuns = (everySeconds: readonly number[], atLeastSeconds: number): number =>
  everySeconds.reduce((sum, every) => sum + seconds / Math.max(every, atLeastSeconds), 0);

/** What a month costs; `everySeconds` of all timers as the code says. */
export function bill(size: Size, everySeconds: readonly number[]): readonly Line[] {
  const { purchases } = size;
  const calls = purchases * callsEach;
  const ticks = timerRuns(everySeconds, size.timersAtLeastSeconds);
  const deliveries = purchases * purchase.delivered;
  const beyond = (amount: number, included: number): number => Math.max(0, amount - included);
  const runs = calls + ticks + deliveries;
  const gigabyteSeconds = (calls / size.callsASecondShares + ticks + deliveries) * size.instanceGigabytes;
  return [
    {
      of: 'API Management',
      usd: size.gatewayHour * hours + (beyond(calls, size.gatewayCalls) / million) * prices.gatewayCalls.usd,
    },
    {
      of: 'Function Apps: running',
      usd:
        beyond(gigabyteSeconds, 100_000) * prices.flexTime.usd +
        (beyond(runs, 250_000) / million) * prices.flexRuns.usd,
    },
    {
      of: 'Function Apps: always ready',
      usd: size.alwaysReady * size.instanceGigabytes * seconds * prices.flexReady.usd,
    },
    {
      of: 'Service Bus',
      usd:
        size.busUnits > 0
          ? size.busUnits * hours * prices.busPremium.usd
          : hours * prices.busBase.usd +
            (beyond(purchases * busOperationsEach, 13 * million) / million) * prices.busOperations.usd,
    },
    { of: 'Cosmos DB', usd: size.cosmos(purchases * quietUnitsEach) },
    { of: 'Azure SQL, two databases', usd: 2 * size.database },
    {
      of: 'Log Analytics',
      usd: beyond((calls * size.logKilobytes) / million, 5) * prices.logs.usd,
    },
    {
      of: 'E-mail',
      usd:
        purchases *
        purchase.letters *
        (prices.letters.usd + purchase.letterMegabytes * prices.letterData.usd),
    },
  ];
}
