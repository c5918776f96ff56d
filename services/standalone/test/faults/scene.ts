import { randomUUID } from 'node:crypto';
import { openHouse, type House } from '../house/house';
import type { Notice } from '../house/gateway';
import { emailOf, userIdOf, type BadToken, type BadTokenName, type Person } from '../house/provider';
import { walletSecrets } from '../house/wallets';
import {
  atTheGateway,
  hold,
  orderIn,
  pay,
  placeOrder,
  putOnSale,
  until,
  type Hold,
  type OnSale,
  type Order,
  type Payment,
} from '../purchase';
import type { Visitor } from '../visitor';
import { openBank, type Bank } from './bank';
import { openGala, type Gala } from './gala';
import { furnishHall, type Hall } from './hall';

export const people = {
  olivia: { name: 'Olivia', roles: ['organizer'] },
  oscar: { name: 'Oscar', roles: ['organizer'] },
  ada: { name: 'Ada', roles: ['admin'] },
  ben: { name: 'Ben', roles: [] },
  eve: { name: 'Eve', roles: [] },
} as const satisfies Record<string, Person>;
export type PersonName = keyof typeof people;
const names = Object.keys(people) as PersonName[];

export interface Draft {
  readonly eventId: string;
  readonly slug: string;
  readonly ticketTypeId: string;
  readonly discountId: string;
  /** Its ETag, as it was last answered. */
  etag: string;
}

/** What a buyer has, each of it in the middle of something. */
export interface Belongings {
  /** Held, and nothing else. */
  readonly held: Hold;
  /** To be ordered: two, so that one can be what another was taken for. */
  readonly ordering: readonly [Hold, Hold];
  /** To be paid. */
  readonly unpaid: readonly [Order, Order];
  /** Captured at the gateway, which has told nobody yet. */
  readonly underWay: Payment;
  readonly bought: Order & { readonly paymentId: string };
  readonly ticketId: string;
  /** Another of theirs, to be passed on. */
  readonly spareTicketId: string;
  readonly notificationId: string;
  /** On the waiting list of what is sold out for so many. */
  readonly entryId: string;
  /** That they lead, and nobody has joined. */
  readonly group: { readonly groupId: string; readonly parts: readonly { readonly invitation: string }[] };
}

/** A house with somebody's things in every room, and nobody at work. */
export interface Scene {
  readonly house: House;
  readonly visitors: Readonly<Record<PersonName, Visitor>>;
  readonly badTokens: Readonly<Record<PersonName, Readonly<Record<BadTokenName, BadToken>>>>;
  readonly categoryId: string;
  readonly venueId: string;
  readonly concert: OnSale;
  readonly draft: Draft;
  readonly spare: Draft;
  readonly bare: Pick<Draft, 'eventId'>;
  readonly oscars: Draft;
  readonly hall: Hall;
  /** Ben has a ticket of it held. */
  readonly gala: Gala;
  readonly bens: Belongings;
  readonly eves: Belongings;
  /** Oscar's, so large that somebody is to look at it. */
  readonly doubtful: Payment;
  /** Of Eve's, that the gateway has refused. */
  readonly failedRefundId: string;
  readonly bank: Bank;
  /** A genuine one, heard before. */
  readonly heard: Notice;
}

/** An id that was never given to anything. */
export const neverWas = '01jv0h5c9n3yq8t6w2b4d7f1ga';

export async function setScene(): Promise<Scene> {
  const house = await openHouse();
  for (const [name, text] of Object.entries(await walletSecrets()))
    await house.platform.secrets.getOrCreate(name, () => text);
  const visitors = await ofEach((name) => house.visitor(people[name]));
  const badTokens = await ofEach((name) => house.provider.badTokensFor(people[name]));
  const { olivia, oscar, ada, ben, eve } = visitors;
  const { categoryId } = await ada.post<{ categoryId: string }>('/categories', { name: 'Concerts' });
  const concert = await putOnSale(olivia, categoryId, [40, 20]);
  const { venueId } = (await olivia.get<{ items: { venueId: string }[] }>('/venues')).items[0]!;
  const furniture = { categoryId, venueId };
  const draft = await draftOf(olivia, furniture, 'Nocturnes for the last tram');
  const spare = await draftOf(olivia, furniture, 'A recital that nobody wanted');
  const oscars = await draftOf(oscar, furniture, 'Brass on the bridge');
  const bare = await olivia.post<{ eventId: string }>('/events', eventBody(furniture, 'Nothing for sale'));
  const hallDraft = await olivia.post<Draft>('/events', eventBody(furniture, 'Quartets, by the seat'));
  const hall = await furnishHall(olivia, oscar, venueId, hallDraft, oscars);
  const gala = await openGala(olivia, eventBody(furniture, 'A gala, for what it is worth to you'), ben);
  const bens = await belongingsOf(house, ben, concert, userIdOf(people.ben));
  const eves = await belongingsOf(house, eve, concert, userIdOf(people.eve));
  await creditedIn(house, bens.bought.orderId, 'CN-0-000001');
  await creditedIn(house, eves.bought.orderId, 'CN-0-000002');
  const heard = house.gateway.notice('sn_heard_before', await house.gateway.payment(eves.bought));
  const reply = await fetch(`${house.origin}/api/v1/payments/webhook/sandbox`, { method: 'POST', ...heard });
  if (reply.status !== 204) throw new Error(`a genuine notice was not taken: ${await reply.text()}`);
  const doubtful = await doubtfulOf(oscar, await putOnSale(olivia, categoryId, [4, 4], 15, [2_000_000, 100]));
  const failedRefundId = await failedRefund(house, olivia, eves.bought);
  const bank = await openBank(ada, ben, eve, await putOnSale(olivia, categoryId, [9, 9]));
  await house.quiet();
  await house.stopWorking();
  return {
    ...{ house, visitors, badTokens, categoryId, venueId, concert },
    ...{ draft, spare, bare, oscars, hall, gala, bens, eves, doubtful, failedRefundId, bank, heard },
  };
}

/** A refund that the gateway will not carry out, because nothing is left of the payment there. */
async function failedRefund(
  house: House,
  organizer: Visitor,
  payment: { readonly paymentId: string },
): Promise<string> {
  await house.gateway.giveBack(payment);
  const { refundId } = await organizer.post<{ refundId: string }>(`/payments/${payment.paymentId}/refund`, {
    reason: 'goodwill',
    amountMinor: 100,
  });
  await house.runTimers('look-after-what-waits');
  return refundId;
}

async function ofEach<T>(ask: (name: PersonName) => Promise<T>): Promise<Record<PersonName, T>> {
  const entries = await Promise.all(names.map(async (name) => [name, await ask(name)] as const));
  return Object.fromEntries(entries) as Record<PersonName, T>;
}

const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();

export const eventBody = (where: { categoryId: string; venueId: string }, title: string) => ({
  title,
  summary: 'One evening, no interval',
  description: 'Doors open an hour before.',
  categoryId: where.categoryId,
  venueId: where.venueId,
  startsAt: inDays(40),
  endsAt: inDays(41),
  holdMinutes: 15,
  currency: 'EUR',
});

export const ticketTypeBody = (name: string) => ({
  name,
  description: 'Anywhere that is free',
  priceMinor: 2500,
  capacity: 30,
  salesFrom: inDays(1),
  salesUntil: inDays(30),
  minPerOrder: 1,
  maxPerOrder: 8,
  tiers: [{ name: 'Early bird', priceMinor: 2000, until: inDays(9), upTo: 10 }],
  packages: [{ name: 'Family of four', size: 4, priceMinor: 8000 }],
  taxCategory: 'reduced',
});

export const discountBody = (name: string) => ({
  name,
  off: { is: 'percentage', basisPoints: 2500 },
  codes: [`${name.toUpperCase()}-25`],
  minTickets: 2,
  maxUses: 10,
  perCode: true,
  maxUsesPerBuyer: 1,
  from: inDays(1),
  until: inDays(20),
});

async function draftOf(
  organizer: Visitor,
  where: { categoryId: string; venueId: string },
  title: string,
): Promise<Draft> {
  const { eventId, slug } = await organizer.post<Draft>('/events', eventBody(where, title));
  const added = await organizer.send<Draft>(
    'POST',
    `/events/${eventId}/ticket-types`,
    ticketTypeBody('Seats'),
  );
  const { ticketTypeId } = added.body;
  const given = await organizer.send<Draft>('POST', `/events/${eventId}/discounts`, discountBody('Friends'));
  const { discountId } = given.body;
  return { eventId, slug, ticketTypeId, discountId, etag: given.headers.get('etag')! };
}

async function doubtfulOf(buyer: Visitor, dear: OnSale): Promise<Payment> {
  const payment = await pay(buyer, await placeOrder(buyer, await hold(buyer, dear)));
  await atTheGateway(payment, 'succeed');
  return until(
    () => buyer.get<Payment>(`/payments/${payment.paymentId}`),
    ({ state }) => state === 'authorised',
  );
}

async function belongingsOf(
  { gateway }: House,
  buyer: Visitor,
  concert: OnSale,
  userId: string,
): Promise<Belongings> {
  const holding = (): Promise<Hold> =>
    buyer.post<Hold>('/holds', {
      eventId: concert.eventId,
      lines: [{ ticketTypeId: concert.ticketTypes[0]!.ticketTypeId, quantity: 1 }],
    });
  const ordering = async (): Promise<Order> => placeOrder(buyer, await holding());
  const underWay = await pay(buyer, await ordering());
  await atTheGateway(underWay, 'never');
  const order = await placeOrder(buyer, await hold(buyer, concert));
  await atTheGateway(await pay(buyer, order), 'succeed');
  const bought = (await orderIn(buyer, order, 'fulfilled')) as Belongings['bought'];
  await until(
    () => buyer.get<{ items: object[] }>('/tickets'),
    ({ items }) => items.length > 0,
  );
  const { items } = await until(
    () => buyer.get<{ items: { notificationId: string }[] }>(`/users/${userId}/notifications`),
    (page) => page.items.length > 0,
  );
  const { entryId } = await buyer.post<{ entryId: string }>(`/events/${concert.eventId}/waiting-list`, {
    ticketTypeId: concert.ticketTypes[0]!.ticketTypeId,
    quantity: 41,
  });
  const lines = [{ ticketTypeId: concert.ticketTypes[0]!.ticketTypeId, quantity: 1 }];
  const group = await buyer.post<Belongings['group']>('/group-bookings', {
    eventId: concert.eventId,
    parts: [{ lines }, { lines }],
  });
  if ((await gateway.payment(underWay)).status !== 'captured') throw new Error('nothing was captured');
  return {
    held: await holding(),
    ordering: [await holding(), await holding()],
    unpaid: [await ordering(), await ordering()],
    underWay,
    bought,
    ticketId: bought.tickets[0]!.ticketId,
    spareTicketId: bought.tickets[1]!.ticketId,
    notificationId: items[0]!.notificationId,
    entryId,
    group,
  };
}

/** Writes a credit note over an order's invoice straight into the books. */
async function creditedIn(house: House, orderId: string, number: string): Promise<void> {
  interface Papers {
    papers: { number: string; orderId: string; cause: string; facts: string; issuedAt: string };
  }
  await house.platform.database<Papers>('payment-processing').transaction(async (tx) => {
    const invoice = tx.selectFrom('papers').selectAll().where('orderId', '=', orderId);
    const row = await invoice.executeTakeFirstOrThrow();
    const facts = { ...(JSON.parse(row.facts) as object), kind: 'credit-note', number };
    await tx
      .insertInto('papers')
      .values({ ...row, number, cause: 'a refund', facts: JSON.stringify(facts) })
      .execute();
  });
}

export const addressOf = (name: PersonName): string => emailOf(people[name]);
export const idOf = (name: PersonName): string => userIdOf(people[name]);
export const newKey = (): string => randomUUID();
