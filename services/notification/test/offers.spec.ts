import { afterEach, describe, expect, it } from '@jest/globals';
import { waitingListOffered } from '@boxoffice/shared/contracts';
import { instant } from '@boxoffice/shared/kernel';
import { noFaults } from '@boxoffice/shared/platform/simulated';
import { Post } from '../src/main';
import { failing, fierce, fulfilled, offered, openPostOffice } from './post-office';

type Office = Awaited<ReturnType<typeof openPostOffice>>;
let office: Office;
const open = async (...options: Parameters<typeof openPostOffice>): Promise<Office> =>
  (office = await openPostOffice(...options));
afterEach(() => office.close());

const { holdId, userId } = waitingListOffered.sample;
const offerId = `${holdId}-offer`;
const stateOf = async () => (await office.get(`/notifications/${offerId}`)).body;
/** A quarter of an hour after the world begins. */
const soon = instant('2027-01-04T09:15:00Z');

describe('an offer', () => {
  it('becomes one letter, which whoever waits can see among their own', async () => {
    await open();
    await office.publish(offered());
    await office.pass(5);
    expect(office.letters().map(({ message }) => message)).toMatchObject([
      {
        id: offerId,
        to: { name: 'Ada Example', address: 'ada@example.org' },
        subject:
          '2 tickets for Winterreise by candlelight are held for you until 6 January 2027 at 10:15 CET',
      },
    ]);
    const { items } = (await office.get(`/users/${userId}/notifications`)).body;
    expect(items).toMatchObject([{ notificationId: offerId, kind: 'offer', state: 'sent', attempts: 1 }]);
  });

  it('stays one letter whatever is said again, and another offer is another letter', async () => {
    await open();
    const other = offered({ holdId: 'another-hold' }, 'another');
    await office.publish(other, offered(), offered({}, 'again'));
    await office.pass(60);
    await office.publish(offered({}, 'and-again'), other);
    await office.pass(3600);
    const letters = office.letters().map(({ message, handedOver }) => [message.id, handedOver]);
    expect(letters.sort()).toEqual([
      [offerId, 1],
      ['another-hold-offer', 1],
    ]);
  });

  it('is told once, whatever happens on the way', async () => {
    for (let seed = 1; seed <= 20; seed++) {
      await open({ seed, faults: fierce });
      await office.publish(offered()).catch(() => undefined);
      await office.pass(7200);
      office.world.change(noFaults);
      await office.publish(offered({}, 'said-again'));
      await office.pass(86_400);
      expect(office.letters().map(({ message }) => message.id)).toEqual([offerId]);
      expect(await stateOf()).toMatchObject({ state: 'sent' });
      office.close();
    }
    await open();
  });
});

describe('an offer that has expired', () => {
  it('is not sent when it is heard of too late', async () => {
    await open();
    await office.pass(900);
    await office.publish(offered({ expiresAt: soon }));
    await office.pass(3600);
    expect(office.letters()).toEqual([]);
    expect(await stateOf()).toMatchObject({ state: 'expired', attempts: 0 });
  });

  it('is not sent once the post is back, is seen to have expired, and is forgotten', async () => {
    const post = failing(99, new Error('provider away'));
    await open({ override: (own) => own.registerInstance(Post, post) });
    await office.publish(offered({ expiresAt: soon }));
    await office.pass(890);
    const triesInTime = post.tries.length;
    expect(triesInTime).toBeGreaterThan(2);
    await office.pass(86_400);
    expect(post.tries).toHaveLength(triesInTime);
    expect(await stateOf()).toMatchObject({ state: 'expired', attempts: triesInTime });
    expect(JSON.stringify(await office.kept())).not.toMatch(/Ada|ada@example/);
  });

  it('is not sent when it expired while the letter before it was being posted', async () => {
    const tries: string[] = [];
    const post = {
      send: async (id: string) => {
        tries.push(id);
        if (tries.length <= 2) throw new Error('provider away');
        await office.world.process('post', false).process.clock.sleep(20 * 60_000);
        return { taken: true, providerId: 'p-1' };
      },
    };
    await open({ override: (own) => own.registerInstance(Post, post) });
    await office.publish(
      offered({ expiresAt: soon }),
      offered({ holdId: 'another-hold', expiresAt: soon }, 'another'),
    );
    await office.pass(3600);
    expect(tries).toHaveLength(3);
    const { items } = (await office.get(`/users/${userId}/notifications`)).body as {
      items: { state: string }[];
    };
    expect(items.map(({ state }) => state).sort()).toEqual(['expired', 'sent']);
  });
});

describe('an offer lasts minutes, so it', () => {
  it('does not wait behind the letters of a rush', async () => {
    const sent: string[] = [];
    const post = {
      // One letter with tickets, and the post is busy for good.
      send: async (id: string) => {
        if (id.endsWith('-tickets')) return new Promise<never>(() => undefined);
        sent.push(id);
        return { taken: true, providerId: 'p-1' };
      },
    };
    await open({ override: (own) => own.registerInstance(Post, post) });
    await office.publish(fulfilled());
    await office.pass(5);
    await office.publish(offered({ expiresAt: soon }));
    await office.pass(60);
    expect(sent).toEqual([offerId]);
  });

  it('comes before all else that is due', async () => {
    const post = failing(2, new Error('provider away'));
    await open({ override: (own) => own.registerInstance(Post, post) });
    await office.publish(fulfilled());
    await office.pass(1);
    await office.publish(offered({ expiresAt: soon }));
    await office.pass(300);
    expect(post.tries.slice(2)).toEqual([offerId, expect.stringMatching(/-tickets$/)]);
  });
});
