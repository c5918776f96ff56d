/** A list price in US dollars, without tax and discounts. */
export interface Price {
  readonly of: string;
  readonly unit: string;
  readonly usd: number;
  /** Where it was read, for which region, and of which day it is. */
  readonly read: string;
}

const retail = (region: string, day: string): string => `Azure Retail Prices API, ${region}, ${day}`;

export const prices = {
  flexTime: {
    of: 'Functions, Flex Consumption: running, on demand',
    unit: 'GB-second',
    usd: 0.000026,
    read: 'modal.com/blog/azure-function-pricing-guide, East US, 2025-05-22; 0.000037 in UK South on 2026-09-06',
  },
  flexRuns: {
    of: 'Functions, Flex Consumption: executions',
    unit: 'million',
    usd: 0.4,
    read: retail('uksouth', '2026-09-06'),
  },
  flexReady: {
    of: 'Functions, Flex Consumption: always ready, waiting',
    unit: 'GB-second',
    usd: 0.000005,
    read: 'a public estimator’s SKU DZH318Z0DW2R/00BL, no region or day; 0.0000038 euros elsewhere',
  },
  busBase: {
    of: 'Service Bus Standard, with 13 million operations',
    unit: 'hour',
    usd: 0.013441,
    read: retail('uksouth', '2026-09-06'),
  },
  busOperations: {
    of: 'Service Bus Standard, beyond 13 million',
    unit: 'million operations',
    usd: 0.8,
    read: retail('uksouth', '2026-09-06'),
  },
  busPremium: {
    of: 'Service Bus Premium, a messaging unit',
    unit: 'hour',
    usd: 0.9275,
    read: retail('uksouth', '2026-09-06'),
  },
  gatewayBasic: {
    of: 'API Management Basic v2, with 10 million calls',
    unit: 'hour',
    usd: 0.21,
    read: retail('eastus2', '2026-10-06'),
  },
  gatewayStandard: {
    of: 'API Management Standard v2, with 50 million calls',
    unit: 'hour',
    usd: 0.96,
    read: retail('eastus2', '2026-10-06'),
  },
  gatewayCalls: {
    of: 'API Management Basic v2, further calls; Standard v2’s price was not found, and is taken to be the same',
    unit: 'million calls',
    usd: 3,
    read: 'a public estimate that quotes 0.03 for 10,000, East US, no day',
  },
  cosmosAutoscale: {
    of: 'Cosmos DB, autoscale, of the most that an hour used',
    unit: '100 RU/s and hour',
    usd: 0.012,
    read: retail('westus3', '2026-09-13'),
  },
  cosmosServerless: {
    of: 'Cosmos DB, serverless',
    unit: 'million RU',
    usd: 0.285,
    read: 'a public test’s copy of the retail prices, no region or day; 0.25 elsewhere',
  },
  cosmosStorage: {
    of: 'Cosmos DB, data',
    unit: 'GB and month',
    usd: 0.25,
    read: retail('westus3', '2026-09-13'),
  },
  sqlStandard: {
    of: 'Azure SQL, Standard S0: 10 DTU, with up to 250 GB',
    unit: 'day',
    usd: 0.4839,
    read: retail('westus2', '2026-09-06'),
  },
  sqlServerless: {
    of: 'Azure SQL, General Purpose serverless, Gen5',
    unit: 'vCore-hour',
    usd: 0.521758,
    read: retail('westus3', '2026-09-13'),
  },
  sqlProvisioned: {
    of: 'Azure SQL, General Purpose, Gen5, without the licence meter',
    unit: 'vCore-hour',
    usd: 0.152217,
    read: retail('westus3', '2026-09-13'),
  },
  sqlStorage: {
    of: 'Azure SQL, General Purpose, data',
    unit: 'GB and month',
    usd: 0.115,
    read: retail('westus3', '2026-09-13'),
  },
  logs: {
    of: 'Log Analytics, beyond 5 GB a month',
    unit: 'GB',
    usd: 2.3,
    read: 'a public guide that quotes the retail prices, US East, no day; 2.99 elsewhere',
  },
  letters: {
    of: 'Communication Services, e-mail',
    unit: 'letter',
    usd: 0.00025,
    read: 'public documents that quote the price list, 2026-05-12',
  },
  letterData: {
    of: 'Communication Services, e-mail',
    unit: 'MB',
    usd: 0.00012,
    read: 'the same, 2026-05-12',
  },
} as const satisfies Record<string, Price>;
