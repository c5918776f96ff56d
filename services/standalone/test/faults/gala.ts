import { until, type Hold } from '../purchase';
import type { Visitor } from '../visitor';

/** An evening whose buyers name the price and are asked things, and one who is about to order. */
export interface Gala {
  readonly ticketTypeId: string;
  readonly hold: Hold;
  readonly questions: { readonly buyer: string; readonly attendee: string };
  /** With 50.00 on it. */
  readonly giftCard: string;
}

type Asked = { readonly questions: readonly { readonly questionId: string }[] };

export async function openGala(organizer: Visitor, draft: object, buyer: Visitor): Promise<Gala> {
  const { eventId } = await organizer.post<{ eventId: string }>('/events', draft);
  const path = `/events/${eventId}`;
  const type = { name: 'Anywhere', priceMinor: 1000, capacity: 30, donation: true };
  const added = await organizer.send<{ ticketTypeId: string }>('POST', `${path}/ticket-types`, type);
  const { ticketTypeId } = added.body;
  const question = { answer: { is: 'yes-no' }, required: true };
  const terms = {
    questions: [
      { ...question, ask: 'May we write to you?', of: 'buyer' },
      { ...question, ask: 'Will you dance?', of: 'attendee' },
    ],
  };
  const ifMatch = { 'if-match': added.headers.get('etag')! };
  const told = await organizer.send<Asked>('PUT', `${path}/terms`, terms, ifMatch);
  const [ofBuyer, ofAttendee] = told.body.questions.map(({ questionId }) => questionId);
  await organizer.post(`${path}/publish`);
  await until(
    () => organizer.send('GET', `${path}/availability`),
    ({ status }) => status === 200,
  );
  const { code } = await organizer.post<{ code: string }>('/gift-cards', {
    amountMinor: 5000,
    currency: 'EUR',
  });
  return {
    ticketTypeId,
    hold: await buyer.post<Hold>('/holds', { eventId, lines: [{ ticketTypeId, quantity: 1 }] }),
    questions: { buyer: ofBuyer!, attendee: ofAttendee! },
    giftCard: code,
  };
}
