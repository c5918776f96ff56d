import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { signingKeyFrom, verifyHoldToken, verifyTicketCode } from '@boxoffice/shared/tokens';
import { rereadMinutes } from '../../src/infrastructure/secret-seals';
import { Counter } from './counter';
import { evening, Gate } from './gate';

let counter: Counter;
let gate: Gate;

const seed = (number: number) => new Uint8Array(32).fill(number);
const secret = (number: number) => Buffer.from(seed(number)).toString('base64url');
const nextTicketKey = signingKeyFrom('ticket', seed(1));

const listed = async () => {
  const { json } = await counter.call(undefined, 'GET', '/ticket-keys');
  return (json['keys'] as { kid: string }[]).map(({ kid }) => kid);
};
/** Of a ticket that is bought now. */
const signedBy = async (order: number) => {
  const [ticket] = await gate.sell(order);
  const verdict = verifyTicketCode(ticket!.code, (id) => counter.keys().get(id));
  return { code: ticket!.code, keyId: verdict.valid ? verdict.keyId : verdict.fault };
};
const pass = () => counter.clock.pass(rereadMinutes);

beforeEach(async () => {
  counter = await Counter.open();
  gate = new Gate(counter);
  await gate.open();
  gate.setClock(evening);
});
afterEach(() => counter.close());

describe('a signing key that is replaced', () => {
  it('is published before it signs, and the tickets of the one before it are let in for ever', async () => {
    const before = await signedBy(1);
    counter.replaceSecret('ticket-signing-key', secret(1));
    const scanner = await gate.scanner();
    const early = await signedBy(2);
    expect([early.keyId, await listed()]).toEqual([before.keyId, [before.keyId]]);
    pass();
    // Seen and published; the one before still signs.
    const meanwhile = await signedBy(3);
    expect([meanwhile.keyId, (await listed()).sort()]).toEqual([
      before.keyId,
      [before.keyId, nextTicketKey.keyId].sort(),
    ]);
    const prepared = await gate.bundle(scanner.cursor);
    pass();
    const later = await signedBy(4);
    expect(later.keyId).toBe(nextTicketKey.keyId);
    await counter.start();
    for (const { code } of [before, early, meanwhile, later])
      expect(await gate.reasonFor(code)).toBeUndefined();

    expect(scanner.scan(before.code, 'main', evening).result).toBe('accepted');
    expect(scanner.scan(later.code, 'main', evening).reason).toBe('unknown');
    scanner.learn(prepared);
    for (const { code } of [later, meanwhile])
      expect(scanner.scan(code, 'main', evening).result).toBe('accepted');
    expect((await listed()).sort()).toEqual([before.keyId, nextTicketKey.keyId].sort());
  });

  it('is a gate’s to admit from its first ticket on, without a restart', async () => {
    const before = await signedBy(1);
    expect(await gate.reasonFor(before.code)).toBeUndefined();
    counter.replaceSecret('ticket-signing-key', secret(1));
    for (const order of [2, 3]) {
      pass();
      await signedBy(order);
    }
    expect(await gate.reasonFor((await signedBy(4)).code)).toBeUndefined();
  });

  it('may be that of the holds', async () => {
    const first = String((await counter.hold('Ada', 'k1')).json['token']);
    counter.replaceSecret('hold-signing-key', secret(2));
    for (const key of ['k2', 'k3']) {
      pass();
      await counter.hold('Ben', key);
    }
    const second = String((await counter.hold('Cem', 'k4')).json['token']);
    await counter.lookAtChanges();
    const verdicts = [first, second].map((token) =>
      verifyHoldToken(token, (id) => counter.keys().get(id), evening),
    );
    expect(verdicts).toMatchObject([
      { valid: true },
      { valid: true, keyId: signingKeyFrom('hold', seed(2)).keyId },
    ]);
  });

  it('by what is no key changes nothing: the one at hand signs on', async () => {
    const { keyId } = await signedBy(1);
    counter.replaceSecret('ticket-signing-key', 'too short');
    for (const order of [2, 3, 4]) {
      pass();
      expect((await signedBy(order)).keyId).toBe(keyId);
    }
    expect(await listed()).toEqual([keyId]);
  });
});
