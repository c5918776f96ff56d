import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventPublished } from '@boxoffice/shared/contracts';
import { codes, etagOf, fields, idOf, openStageForOlivia } from './olivia';
import { draft } from './stage';

let on: Awaited<ReturnType<typeof openStageForOlivia>>;
let eventId: string;
let path: string;
beforeEach(async () => {
  on = await openStageForOlivia();
  eventId = idOf(await on.make());
  path = `/events/${eventId}/terms`;
});
afterEach(() => on.stage.close());

const seller = {
  name: 'Konzertverein Wieden',
  address: 'Uferweg 7, 1040 Wien, AT',
  country: 'AT',
  vatId: 'ATU12345675',
};
const terms = {
  seller,
  tax: 'included',
  locale: 'de-AT',
  fees: [{ name: 'Booking fee', per: 'order', fixedMinor: 150, basisPoints: 0 }],
  questions: [{ ask: 'Do you use a wheelchair?', of: 'attendee', answer: { is: 'yes-no' }, required: true }],
};
const write = (ifMatch: string, body: object = terms) => on.olivia('PUT', path, { ifMatch, body });

describe('the terms of sale', () => {
  it('are written whole, as a new version of the event, and can be written again as they are shown', async () => {
    expect((await on.olivia('GET', path)).body).toEqual({});
    const written = await write('"1"');
    expect(written).toMatchObject({ status: 200, headers: { etag: '"2"' }, body: terms });
    expect(await on.olivia('GET', path)).toMatchObject({ headers: { etag: '"2"' }, body: written.body });
    expect((await write('"1"')).status).toBe(412);
    expect((await write('"2"', written.body)).body).toEqual(written.body);
    expect((await write('"3"', { tax: 'added' })).body).toEqual({ tax: 'added' });
    expect((await on.olivia('GET', path)).body).toEqual({ tax: 'added' });
  });

  it('are shown to buyers, but for questions to those with a hidden ticket type', async () => {
    const hidden = await on.sell(eventId, { name: 'Press', accessCodes: ['PRESS'] });
    const open = await on.sell(eventId);
    const [hiddenId, openId] = [hidden, open].map(({ body }) => String(body['ticketTypeId']));
    const question = (ask: string, ...ticketTypeIds: (string | undefined)[]) => ({
      ...{ ask, of: 'attendee', answer: { is: 'text' }, required: true, ticketTypeIds },
    });
    const questions = [question('Which paper?', hiddenId), question('Your diet?', hiddenId, openId)];
    await write(etagOf(open), { ...terms, questions });
    await on.publish(eventId);
    const page = await on.stage.call('GET', `/events/${eventId}`);
    expect(page.body['terms']).toMatchObject({
      ...{ seller, tax: 'included', fees: terms.fees },
      questions: [{ ask: 'Your diet?', answer: { is: 'text', maxLength: 500 }, ticketTypeIds: [openId] }],
    });
    expect(page.text).not.toMatch(new RegExp(`Which paper|${hiddenId}`));
    expect((await on.olivia('GET', `/events/${eventId}`)).text).toContain('Which paper');
  });

  it('are published, with tax where the event is held unless they say where', async () => {
    await on.sell(eventId);
    await write('"2"');
    await on.publish(eventId);
    await write('"4"', { tax: 'added', taxPlace: { country: 'CA', region: 'QC', online: true } });
    await on.stage.pass(60);
    const facts = on.stage.heard.map((envelope) => eventPublished.read(envelope));
    expect(facts[0]).toMatchObject({ version: 4, terms: { ...terms, taxPlace: { country: 'AT' } } });
    expect(facts[1]).toEqual({
      ...facts[0],
      version: 5,
      terms: { tax: 'added', taxPlace: { country: 'CA', region: 'QC', online: true } },
    });
  });

  it('are not spoken of where there are none', async () => {
    await on.sell(eventId);
    await on.publish(eventId);
    await on.stage.pass(60);
    expect(eventPublished.read(on.stage.heard[0]!)).not.toHaveProperty('terms');
  });

  it('are refused with everything that is wrong, and changed by nobody else', async () => {
    const impossible = await write('"1"', {
      fees: [{ feeId: '0'.repeat(26), name: 'Nothing', per: 'ticket' }],
      questions: [{ ask: 'Size?', of: 'buyer', answer: { is: 'choice' } }],
    });
    expect(codes(impossible)).toEqual(['unknown-id', 'fee-of-nothing', 'choices-missing']);
    const ofForm = await write('"1"', {
      seller: { ...seller, country: 'at', vatId: '!' },
      tax: 'none',
      taxPlace: { country: 'QQ', region: 'Québec' },
      locale: 'Deutsch',
      fees: [{ name: 'Fee', per: 'seat', fixedMinor: -1, basisPoints: 10_001 }],
      questions: [{ ask: '', of: 'nobody', answer: { is: 'drawing' } }],
    });
    expect(ofForm.status).toBe(400);
    expect(new Set(fields(ofForm))).toEqual(
      new Set([
        ...['seller.country', 'seller.vatId', 'tax', 'taxPlace.country', 'taxPlace.region', 'locale'],
        ...['fees[0].per', 'fees[0].fixedMinor', 'fees[0].basisPoints'],
        ...['questions[0].ask', 'questions[0].of', 'questions[0].answer.is'],
      ]),
    );
    const oskar = { as: 'oskar', ifMatch: '"1"', body: terms };
    expect((await on.stage.call('PUT', path, oskar)).status).toBe(404);
    expect((await on.stage.call('GET', path, { as: 'oskar' })).status).toBe(404);
    expect((await on.olivia('GET', path)).body).toEqual({});
  });

  it('keep the event’s currency, and the ticket types that they name', async () => {
    const sold = await on.sell(eventId, { priceMinor: 0 });
    const ticketTypeId = String(sold.body['ticketTypeId']);
    const question = {
      ask: 'Diet?',
      of: 'attendee',
      answer: { is: 'yes-no' },
      ticketTypeIds: [ticketTypeId],
    };
    const ifMatch = etagOf(await write(etagOf(sold), { ...terms, questions: [question] }));
    const body = draft(on.where, { currency: 'JPY' });
    expect(codes(await on.olivia('PUT', `/events/${eventId}`, { ifMatch, body }))).toEqual(['prices-set']);
    const removed = await on.olivia('DELETE', `/events/${eventId}/ticket-types/${ticketTypeId}`, { ifMatch });
    expect(removed).toMatchObject({ status: 409, body: { code: 'ticket-type-in-use' } });
  });

  it('are final once the event is cancelled', async () => {
    const body = { reason: 'Rain.' };
    const ifMatch = etagOf(await on.olivia('POST', `/events/${eventId}/cancel`, { body }));
    expect(await write(ifMatch)).toMatchObject({ status: 409, body: { code: 'event-cancelled' } });
  });
});
