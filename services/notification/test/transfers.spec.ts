import { afterEach, describe, expect, it } from '@jest/globals';
import { ticketTransferred } from '@boxoffice/shared/contracts';
import { noFaults } from '@boxoffice/shared/platform/simulated';
import { principalOf } from '../../../shared/src/http/oidc/claims';
import { readIdentitySettings } from '../../../shared/src/http/oidc/settings';
import { fierce, openPostOffice, transferred } from './post-office';

type Office = Awaited<ReturnType<typeof openPostOffice>>;
let office: Office;
const open = async (...options: Parameters<typeof openPostOffice>): Promise<Office> =>
  (office = await openPostOffice(...options));
afterEach(() => office.close());

const { ticketId, from } = ticketTransferred.sample;
const secondId = `${ticketId}-transfer-2`;
const thirdId = `${ticketId}-transfer-3`;
const toCleo = { issue: 3, code: 'BX1.third', to: { name: 'Cleo', email: 'cleo@example.org' } };

describe('a ticket that was passed on', () => {
  it('becomes one letter to its new holder, with the ticket', async () => {
    await open();
    await office.publish(transferred());
    await office.pass(5);
    expect(office.letters().map(({ message }) => message)).toMatchObject([
      {
        id: secondId,
        to: { name: 'Ben Example', address: 'ben@example.org' },
        subject: 'Ada Example has passed a ticket for Winterreise by candlelight on to you',
        attachments: [{ contentType: 'application/pdf' }],
      },
    ]);
  });

  it('becomes one letter to each who gets it in turn, whatever is said again and in whatever order', async () => {
    await open();
    await office.publish(transferred(toCleo, 'later'), transferred(), transferred(toCleo, 'later-again'));
    await office.pass(60);
    await office.publish(transferred({}, 'again'), transferred(toCleo, 'later'));
    await office.pass(3600);
    const letters = office
      .letters()
      .map(({ message, handedOver }) => [message.id, message.to.name, handedOver]);
    expect(letters.sort()).toEqual([
      [secondId, 'Ben Example', 1],
      [thirdId, 'Cleo', 1],
    ]);
  });

  it('is told once, whatever happens on the way', async () => {
    for (let seed = 1; seed <= 20; seed++) {
      await open({ seed, faults: fierce });
      await office.publish(transferred()).catch(() => undefined);
      await office.pass(7200);
      office.world.change(noFaults);
      await office.publish(transferred({}, 'said-again'));
      await office.pass(86_400);
      expect(office.letters().map(({ message }) => message.id)).toEqual([secondId]);
      office.close();
    }
    await open();
  });

  it('is shown to nobody: who gave it away must not see its code, who gets it has no account here', async () => {
    await open();
    await office.publish(transferred());
    await office.pass(5);
    for (const reader of [from.userId, 'nobody', ticketId, secondId]) {
      expect((await office.get(`/notifications/${secondId}`, reader)).status).toBe(404);
      expect((await office.get(`/users/${reader}/notifications`, reader)).body).toEqual({ items: [] });
    }
  });

  it('stands where no token can lead to, and is forgotten once it was sent', async () => {
    await open();
    await office.publish(transferred());
    await office.pass(5);
    const [kept, ...others] = await office.kept();
    expect(others).toEqual([]);
    expect(kept).toMatchObject({ id: secondId, body: { kind: 'transfer', progress: { state: 'sent' } } });
    expect(JSON.stringify(kept)).not.toMatch(/BX1|Ben|Ada|example\.org/);
    const settings = readIdentitySettings({
      OIDC_ISSUER: 'https://issuer.example',
      OIDC_AUDIENCE: 'boxoffice',
    });
    expect(() => principalOf({ sub: from.userId }, settings)).not.toThrow();
    expect(() => principalOf({ sub: kept!.partition }, settings)).toThrow('names nobody');
  });
});
