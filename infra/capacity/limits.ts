import { purchase } from './purchase';

/** What can be had at the most in a second, and what a purchase takes of it. */
export interface Limit {
  readonly of: string;
  readonly most: number;
  /** The same in words. */
  readonly told: string;
  readonly each: number;
}

const anHour = 3600;
const busMessages = purchase.sent + purchase.delivered;

/** In a rush a hold and the confirmation of one cost what four processes pay at 10,000 RU/s (docs/decisions/0008), not what a lonely one does. */
const rushedCommitUnits = 0.78;
const rushedUnits = 2 * rushedCommitUnits;

export const limits: readonly Limit[] = [
  { of: 'e-mail, Azure’s own domain', most: 10 / anHour, told: '10 an hour', each: purchase.letters },
  {
    of: 'e-mail, a domain of yours, before Azure has raised it',
    most: 100 / anHour,
    told: '100 an hour',
    each: purchase.letters,
  },
  {
    of: 'Cosmos DB, `free`: notification’s 500 RU/s',
    most: 500,
    told: '500 RU/s',
    each: purchase.letterUnits,
  },
  {
    of: 'Cosmos DB, `prod`: notification’s 4,000 RU/s',
    most: 4000,
    told: '4,000 RU/s',
    each: purchase.letterUnits,
  },
  {
    of: 'Cosmos DB, `prod`: wallets’ 4,000 RU/s',
    most: 4000,
    told: '4,000 RU/s',
    each: purchase.walletUnits,
  },
  { of: 'Cosmos DB: one event’s partition', most: 10_000, told: '10,000 RU/s', each: rushedUnits },
  { of: 'Cosmos DB, `prod`: all events’ 20,000 RU/s', most: 20_000, told: '20,000 RU/s', each: rushedUnits },
  { of: 'Service Bus Standard, 1,000 credits', most: 1000, told: '1,000 messages/s', each: busMessages },
  {
    of: 'processor, one instance of 2 GB (one core)',
    most: 1000,
    told: '1,000 ms/s',
    each: purchase.processorMilliseconds,
  },
];
