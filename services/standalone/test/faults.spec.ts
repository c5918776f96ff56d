import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { good, isRead, row, urlOf, type Door, type OpenDoor, type Row, type Told } from './faults/door';
import { bankDoors } from './faults/doors-bank';
import { eventDoors } from './faults/doors-events';
import { fraudDoors } from './faults/doors-fraud';
import { gateDoors } from './faults/doors-gate';
import { moneyDoors } from './faults/doors-money';
import { paperDoors } from './faults/doors-papers';
import { pricingDoors } from './faults/doors-pricing';
import { saleDoors } from './faults/doors-sales';
import { seatDoors } from './faults/doors-seats';
import { termsDoors } from './faults/doors-terms';
import { webhookDoor } from './faults/door-webhook';
import { Fields } from './faults/fields';
import { placeRowsOf } from './faults/places';
import { queryRowsOf } from './faults/queries';
import { rowsOf } from './faults/rows';
import { setScene, type Scene } from './faults/scene';
import { hangUp, send, type Answered, type Sent } from './faults/send';
import { composedForALook } from './house/house';

const doors: readonly Door[] = [
  ...eventDoors,
  ...seatDoors,
  ...termsDoors,
  ...saleDoors,
  ...pricingDoors,
  ...paperDoors,
  ...gateDoors,
  ...fraudDoors,
  ...moneyDoors,
  ...bankDoors,
  webhookDoor,
];
const { routes, fields } = composedForALook((services) => ({
  routes: services.flatMap((service) => service.routes),
  fields: new Fields(services),
}));
const open = doors.flatMap((door): readonly OpenDoor[] => {
  const at = routes.find(({ method, path }) => door.route === `${method} ${path}`);
  return at ? [{ ...door, at }] : [];
});

let scene: Scene;
/** What was answered to each door's first request, and that request. */
const answered = new Map<string, { readonly sent: Sent; readonly answer: Answered }>();

/** What a door below a draft answers is what the next is to be decided on. */
function seenBy({ url }: Sent, { headers: { etag } }: Answered): void {
  for (const draft of [scene.draft, scene.hall.draft])
    if (url.includes(draft.eventId) && typeof etag === 'string') draft.etag = etag;
}

const ask = (sent: Sent): Promise<Answered> => send(scene.house.origin, sent);
const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
const knownTrace = traceparent.slice(3, 35);

beforeAll(async () => {
  scene = await setScene();
  for (const door of open) {
    if (!door.first) continue;
    const url = urlOf(door.at, (door.firstParams ?? door.params)?.(scene));
    const sent = { ...good(door, scene), url, body: door.first(scene) };
    const answer = await ask(sent);
    answered.set(door.route, { sent, answer });
    seenBy(sent, answer);
  }
  await scene.house.quiet();
}, 30_000);

afterAll(async () => {
  hangUp();
  await scene.house.close();
});

/** Nothing in it that would help anyone but its sender. */
function expectNoSecrets({ text, headers }: Answered, sent: Sent): void {
  const { gateway, dataDir } = scene.house;
  const token = sent.headers['authorization']?.split('.').at(-1);
  for (const secret of [gateway.apiKey, gateway.secret, dataDir, token || dataDir])
    expect(text + JSON.stringify(headers)).not.toContain(secret);
  expect(text).not.toMatch(/\bat \S+ \(|node:|\.[jt]s:\d|sqlite|select |insert |constraint failed/i);
}

async function expectRefused(sent: Sent, told: Told): Promise<Answered> {
  const before = scene.house.stores.fingerprint();
  const answer = await ask({ ...sent, headers: { traceparent, ...sent.headers } });
  const { status, headers, body } = answer;
  expect({ status, ...body }).toMatchObject({
    status: told.status,
    type: `urn:boxoffice:problem:${told.code}`,
    code: told.code,
    title: expect.stringMatching(/^[A-Z]/) as unknown,
    detail: expect.stringMatching(/^[A-Z\d].*\.$/) as unknown,
    traceId: knownTrace,
    ...told.facts,
  });
  expect(headers).toMatchObject({
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  for (const [name, value] of Object.entries(told.headers ?? {})) expect(headers[name]).toContain(value);
  const faults = (body['errors'] ?? []) as { field: string; code: string; message: string }[];
  expect([...new Set(faults.map(({ field }) => field))].sort()).toEqual([...(told.fields ?? [])].sort());
  for (const { code, message } of faults)
    expect([code, message]).toEqual([expect.stringMatching(/^[a-z]/i), expect.stringMatching(/\w \w/)]);
  expectNoSecrets(answer, sent);
  expect(scene.house.stores.fingerprint()).toEqual(before);
  return answer;
}

const toldOf = ({ told }: Row): Told => (typeof told === 'function' ? told(scene) : told);
const named = (rows: readonly Row[]): readonly (readonly [string, Row])[] =>
  rows.map((each) => [each.what, each]);

it('has a door for every route of every service', () => {
  expect(doors.map((door) => door.route).sort()).toEqual(
    routes.map(({ method, path }) => `${method} ${path}`).sort(),
  );
  const lacking = open.filter(
    (door) =>
      (door.at.path.includes('{') && door.unknown === undefined) ||
      (door.at.idempotencyKey !== undefined && door.first === undefined) ||
      (door.at.body !== undefined && door.body === undefined),
  );
  expect(lacking.map((door) => door.route)).toEqual([]);
});

describe.each(open.map((door) => [door.route, door] as const))(
  '%s is told what is wrong, and changes nothing:',
  (_, door) => {
    const own = (door.own ?? []).map(({ what, change, told }) =>
      row(door)(what, (sent, at) => ({ ...sent, ...change(at, sent) }), told),
    );
    it.each(named([...rowsOf(door), ...fields.rowsOf(door), ...queryRowsOf(door, fields), ...own]))(
      '%s',
      async (__, each) => {
        await expectRefused(each.sent(scene), toldOf(each));
      },
    );
  },
);

describe('a path or a method that is not there is told so, and changes nothing:', () => {
  it.each(named(placeRowsOf(open)))('%s', async (_, each) => {
    await expectRefused(each.sent(scene), toldOf(each));
  });
});

describe('what is another’s is answered as what never was:', () => {
  const foreign = open.filter((door) => door.foreign !== undefined);
  it.each(foreign.map((door) => [door.route, door] as const))('%s', async (_, door) => {
    const of = (params: Readonly<Record<string, string>>): Sent => ({
      ...good(door, scene),
      url: urlOf(door.at, { ...door.params?.(scene), ...params }),
      headers: { ...good(door, scene).headers, traceparent },
    });
    const theirs = door.foreign?.(scene) ?? {};
    for (const [name, id] of Object.entries(theirs)) {
      const nobodys = id.slice(0, -4) + (id.endsWith('0000') ? '1111' : '0000');
      const answers = [await ask(of({ [name]: id })), await ask(of({ [name]: nobodys }))];
      expect(answers[0]?.status).toBe(404);
      expect(answers[0]?.text).toBe(answers[1]?.text);
    }
  });
});

describe('a request that is repeated is answered as before, and changes nothing:', () => {
  const keyed = open.filter((door) => door.first !== undefined);
  it.each(keyed.map((door) => [door.route, door] as const))('%s', async (_, door) => {
    const { sent, answer } = answered.get(door.route)!;
    expect(answer.status).toBe(door.at.answers.status);
    const before = scene.house.stores.fingerprint();
    const backwards = Object.fromEntries(Object.entries(sent.body as object).reverse());
    for (const body of [sent.body, JSON.stringify(backwards, undefined, 2)]) {
      const again = await ask({ ...sent, body });
      expect([again.status, again.body]).toEqual([answer.status, answer.body]);
      expect(again.headers['etag']).toEqual(answer.headers['etag']);
    }
    const together = await Promise.all([ask(sent), ask(sent), ask(sent)]);
    for (const each of together) expect(each.body).toEqual(answer.body);
    expect(scene.house.stores.fingerprint()).toEqual(before);
  });

  it('a notice of the gateway that was heard before', async () => {
    const before = scene.house.stores.fingerprint();
    const url = '/api/v1/payments/webhook/sandbox';
    const anew = scene.house.gateway.signed(scene.heard.body);
    for (const notice of [scene.heard, scene.heard, anew])
      expect((await ask({ method: 'POST', url, ...notice })).status).toBe(204);
    expect(scene.house.stores.fingerprint()).toEqual(before);
  });
});

describe('a key that was used for another request clashes, and changes nothing:', () => {
  // Where there is no body there is no other request.
  const keyed = open.filter((door) => door.first !== undefined && door.at.body !== undefined);
  it.each(keyed.map((door) => [door.route, door] as const))('%s', async (_, door) => {
    const { headers, url } = answered.get(door.route)!.sent;
    await expectRefused(
      { ...good(door, scene), url, headers },
      { status: 422, code: 'idempotency-key-reused' },
    );
  });
});

describe('a refusal without a trace of its own', () => {
  it.each([
    ['where a route answers', '/api/v1/orders'],
    ['where none does', '/api/v1/nothing'],
  ])('begins one: %s', async (_, url) => {
    for (const given of [
      undefined,
      'nonsense',
      '00-<script>alert(1)</script>-0-0',
      `00-${'0'.repeat(32)}-${'0'.repeat(16)}-00`,
    ]) {
      const { body } = await ask({ method: 'GET', url, headers: { traceparent: given } });
      expect(body['traceId']).toMatch(/^(?!0{32})[0-9a-f]{32}$/);
    }
  });
});

describe('what is right is still taken, after all that:', () => {
  it.each(open.map((door) => [door.route, door] as const))('%s', async (_, door) => {
    const before = scene.house.stores.fingerprint();
    const sent = good(door, scene);
    const answer = await ask(sent);
    expect([answer.status, answer.text]).toEqual([door.at.answers.status, answer.text]);
    const after = scene.house.stores.fingerprint();
    if (isRead(door) || door.asks) expect(after).toEqual(before);
    else expect(after).not.toEqual(before);
    seenBy(sent, answer);
    if (!isRead(door)) await scene.house.quiet();
  });

  it('and nothing was a fault of ours', () => {
    // But for the refund that the gateway would not carry out, before all this: a person was called for it.
    const errors = scene.house.errors.filter((line) => !line.includes(scene.failedRefundId));
    expect(errors).toEqual([]);
  });
});
