import { prices } from './prices';

/** A profile of `infra/profiles.bicep`, and a month's business on it. */
export interface Size {
  readonly name: 'free' | 'small' | 'large';
  readonly profile: 'free' | 'dev' | 'prod';
  /** What the profile says, and is reckoned with here; a test looks whether it still does. */
  readonly asProfiled: readonly string[];
  readonly purchases: number;
  readonly gatewayHour: number;
  readonly gatewayCalls: number;
  readonly instanceGigabytes: number;
  /** Assumed: how many calls an instance serves in a second for which it is billed. */
  readonly callsASecondShares: number;
  /** No timer runs more often. */
  readonly timersAtLeastSeconds: number;
  /** Instances over all apps. */
  readonly alwaysReady: number;
  /** Messaging units of Premium; 0: Standard. */
  readonly busUnits: number;
  /** US dollars for so many request units. */
  readonly cosmos: (units: number) => number;
  /** US dollars of each of the two. */
  readonly database: number;
  /** Assumed: of logs, traces and metrics for each call. */
  readonly logKilobytes: number;
}

const hours = 730;
const hundreds = (units: number): number => units / 100;

export const sizes: readonly Size[] = [
  {
    name: 'free',
    profile: 'free',
    asProfiled: [
      'instanceMemoryMB: 512',
      'alwaysReady: 0, timersAtLeastSeconds: 60',
      'freeTier: true',
      'sharedThroughput: 500',
      "minCapacity: '0.5'",
      'freeOffer: true',
      "apiManagementSku: 'Consumption'",
      "serviceBusSku: 'Standard'",
    ],
    purchases: 1000,
    gatewayHour: 0,
    gatewayCalls: 1_000_000,
    instanceGigabytes: 0.5,
    callsASecondShares: 1,
    timersAtLeastSeconds: 60,
    alwaysReady: 0,
    busUnits: 0,
    cosmos: () => 0, // 1,000 RU/s and 25 GB are free, and it has no more than those
    database: 0, // the free offer; capacity.md says when it ends
    logKilobytes: 1,
  },
  {
    name: 'small',
    profile: 'dev',
    asProfiled: [
      'instanceMemoryMB: 2048',
      'alwaysReady: 0, timersAtLeastSeconds: 60',
      'serverless: true',
      "tier: 'Standard'",
      'capacity: 10',
      'maxSizeGB: 250',
      'freeOffer: false',
      "apiManagementSku: 'BasicV2'",
      "serviceBusSku: 'Standard'",
    ],
    purchases: 20_000,
    gatewayHour: prices.gatewayBasic.usd,
    gatewayCalls: 10_000_000,
    instanceGigabytes: 2,
    callsASecondShares: 1,
    timersAtLeastSeconds: 60,
    alwaysReady: 0,
    busUnits: 0,
    cosmos: (units) => (units / 1_000_000) * prices.cosmosServerless.usd + 5 * prices.cosmosStorage.usd,
    database: (hours / 24) * prices.sqlStandard.usd,
    logKilobytes: 1,
  },
  {
    name: 'large',
    profile: 'prod',
    asProfiled: [
      'instanceMemoryMB: 2048, maximumInstanceCount: 200, alwaysReady: 2, timersAtLeastSeconds: 0',
      'sharedMaxThroughput: 4000',
      'ownMaxThroughput: { inventory: 20000 }',
      "sku: 'GP_Gen5'",
      'capacity: 4',
      'maxSizeGB: 256',
      "apiManagementSku: 'StandardV2'",
      "serviceBusSku: 'Premium'",
    ],
    purchases: 500_000,
    gatewayHour: prices.gatewayStandard.usd,
    gatewayCalls: 50_000_000,
    instanceGigabytes: 2,
    callsASecondShares: 10,
    timersAtLeastSeconds: 0,
    alwaysReady: 4 * 2,
    busUnits: 1,
    // A tenth of 20,000 and twice 4,000 RU/s at the least; twenty hours of sales at all of it.
    cosmos: () =>
      ((hours - 20) * hundreds(2800) + 20 * hundreds(28_000)) * prices.cosmosAutoscale.usd +
      50 * prices.cosmosStorage.usd,
    database: 4 * hours * prices.sqlProvisioned.usd + 256 * prices.sqlStorage.usd,
    logKilobytes: 0.5,
  },
];
