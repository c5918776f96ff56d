import { afterEach, describe, expect, it } from '@jest/globals';
import { orderFulfilled } from '@boxoffice/shared/contracts';
import { noFaults } from '@boxoffice/shared/platform/simulated';
import { compose, Papers, Post } from '../src/main';
import { buyerId, failing, fierce, fulfilled, openPostOffice, refunded } from './post-office';

type Office = Awaited<ReturnType<typeof openPostOffice>>;
let office: Office;
const open = async (...options: Parameters<typeof openPostOffice>): Promise<Office> =>
  (office = await openPostOffice(...options));
afterEach(() => office.close());

const ticketsId = `${orderFulfilled.sample.orderId}-tickets`;
const stateOf = async () => (await office.get(`/notifications/${ticketsId}`)).body;

describe('a fulfilled order', () => {
  it('becomes one letter with its papers', async () => {
    await open();
    await office.publish(fulfilled());
    await office.pass(5);
    const [letter, ...others] = office.letters();
    expect(others).toEqual([]);
    expect(letter!.message).toMatchObject({
      id: ticketsId,
      to: { name: 'Ada Example', address: 'ada@example.org' },
      subject: 'Your ticket for Winterreise by candlelight',
      attachments: [{ name: 'tickets.pdf', contentType: 'application/pdf' }],
    });
    expect(await stateOf()).toMatchObject({ kind: 'tickets', state: 'sent', attempts: 1, channel: 'email' });
  });

  it('stays one letter when it is reported again, by the same message, another one, or long after', async () => {
    await open();
    await office.publish(fulfilled(), fulfilled({}, 'message-7'));
    await office.pass(60);
    await office.publish(fulfilled({}, 'message-8'));
    await office.pass(3600);
    await office.publish(fulfilled({}, 'message-9'));
    await office.pass(3600);
    expect(office.letters().map(({ handedOver }) => handedOver)).toEqual([1]);
  });

  it('is sent once, whatever happens on the way, and with one id', async () => {
    for (let seed = 1; seed <= 20; seed++) {
      await open({ seed, faults: fierce });
      await office.publish(fulfilled()).catch(() => undefined);
      await office.pass(7200);
      office.world.change(noFaults);
      await office.publish(fulfilled({}, 'said-again'));
      await office.pass(86_400);
      expect(office.letters().map(({ message }) => message.id)).toEqual([ticketsId]);
      expect(await stateOf()).toMatchObject({ state: 'sent' });
      office.close();
    }
    await open();
  });
});

describe('a refund', () => {
  it('becomes an apology that says why and how much', async () => {
    await open();
    await office.publish(refunded());
    await office.pass(5);
    const [letter] = office.letters();
    expect(letter!.message.subject).toBe('We are returning €96.00 for Winterreise by candlelight');
    expect(letter!.message.text).toContain('We are sorry');
  });
});

describe('a post that fails', () => {
  it('is tried again with growing pauses until it takes the letter', async () => {
    const post = failing(3, new Error('provider away'));
    await open({ override: (own) => own.registerInstance(Post, post) });
    await office.publish(fulfilled());
    await office.pass(10);
    expect(await stateOf()).toMatchObject({ state: 'queued', attempts: 1 });
    await office.pass(60);
    expect(post.tries).toHaveLength(2);
    await office.pass(600);
    expect(post.tries).toEqual([ticketsId, ticketsId, ticketsId, ticketsId]);
    expect(await stateOf()).toMatchObject({ state: 'sent', attempts: 4 });
  });

  it('is given up after twelve attempts, and that can be seen', async () => {
    const post = failing(99, new Error('provider away'));
    await open({ override: (own) => own.registerInstance(Post, post) });
    await office.publish(fulfilled());
    await office.pass(24 * 3600);
    expect(post.tries).toHaveLength(12);
    expect(await stateOf()).toMatchObject({ state: 'failed', attempts: 12 });
  });

  it('does not keep the bus waiting, nor other letters when it refuses one', async () => {
    await open();
    office.mailbox.refused.add('ada@example.org');
    await office.publish(
      fulfilled(),
      fulfilled({ orderId: 'other', buyer: { name: 'Ben', email: 'ben@example.org' } }, 'message-3'),
    );
    await office.pass(5);
    expect(await stateOf()).toMatchObject({ state: 'failed', attempts: 1 });
    expect(office.letters().map(({ message }) => message.to.address)).toEqual(['ben@example.org']);
  });

  it('is as a paper that can’t be printed', async () => {
    let broken = true;
    const papers = {
      enclose: async () => {
        if (broken) throw new Error('out of ink');
        return [];
      },
    };
    await open({ override: (own) => own.registerInstance(Papers, papers) });
    await office.publish(fulfilled());
    await office.pass(5);
    expect(await stateOf()).toMatchObject({ state: 'queued', attempts: 1 });
    broken = false;
    await office.pass(300);
    expect(await stateOf()).toMatchObject({ state: 'sent', attempts: 2 });
  });

  it('leaves a letter to others when its sender dies over it', async () => {
    let calls = 0;
    const post = {
      send: async () =>
        ++calls === 1 ? new Promise<never>(() => undefined) : { taken: true, providerId: 'p-2' },
    };
    await open({ override: (own) => own.registerInstance(Post, post) });
    await office.publish(fulfilled());
    await office.pass(20);
    expect(await stateOf()).toMatchObject({ state: 'sending' });
    const second = office.world.process('second', false);
    const service = compose(second, { retentionDays: 90, seller: '', locale: 'en-GB' }, (own) => {
      own.registerInstance(Post, post);
      own.registerInstance(Papers, { enclose: async () => [] });
    });
    await office.world.schedule.until(second.run(service));
    await office.pass(900);
    expect(await stateOf()).toMatchObject({ state: 'sent', attempts: 2 });
    expect(calls).toBe(2);
  });
});

describe('what is kept', () => {
  it('is shown to whom it was told, and is not there for anybody else', async () => {
    await open();
    await office.publish(fulfilled(), refunded());
    await office.pass(5);
    expect((await office.get(`/notifications/${ticketsId}`, 'eve')).status).toBe(404);
    expect((await office.get(`/users/${buyerId}/notifications`, 'eve')).status).toBe(404);
    expect((await office.get('/notifications/none')).status).toBe(404);
    const first = (await office.get(`/users/${buyerId}/notifications?limit=1`)).body;
    expect(first['items']).toMatchObject([{ kind: 'refund' }]);
    const rest = (
      await office.get(`/users/${buyerId}/notifications?limit=1&cursor=${String(first['nextCursor'])}`)
    ).body;
    expect(rest).toMatchObject({ items: [{ kind: 'tickets', notificationId: ticketsId }] });
    expect(rest).not.toHaveProperty('nextCursor');
  });

  it('holds no ticket code once it was sent', async () => {
    await open();
    await office.publish(fulfilled());
    await office.pass(5);
    const kept = await office.kept();
    expect(kept).toHaveLength(1);
    expect(JSON.stringify(kept)).not.toMatch(/BX1|ada@example/);
  });

  it('is gone once its time is over, counted from when it was queued', async () => {
    await open({ retentionDays: 2 });
    await office.publish(fulfilled());
    await office.pass(47 * 3600);
    expect((await office.get(`/notifications/${ticketsId}`)).status).toBe(200);
    await office.pass(2 * 3600);
    expect((await office.get(`/notifications/${ticketsId}`)).status).toBe(404);
  });
});
