import { beforeEach, describe, expect, it } from '@jest/globals';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  IsArray,
  IsInt,
  IsOptional,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { DocumentFault } from '../src/documents';
import {
  PageQuery,
  IsId,
  IsPlainText,
  Problem,
  createDispatcher,
  decodeCursor,
  route,
  type Principal,
  type WireReply,
} from '../src/http';
import { Refusal, instant } from '../src/kernel';
import { SqlFault, StaleVersion } from '../src/sql/faults';
import { consoleTelemetry } from '../src/telemetry';

class LineRequest {
  @IsId() ticketTypeId!: string;
  @IsInt() @Min(1) @Max(10) quantity!: number;
}
class HoldRequest {
  @IsId() eventId!: string;
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => LineRequest)
  lines!: LineRequest[];
  @IsOptional() @IsPlainText(20) note?: string;
}
class RenameRequest {
  @IsPlainText(20) title!: string;
}

/** A box office of nothing but faults: it keeps what got through to its handlers. */
class DemoOffice {
  readonly done: string[] = [];
  readonly logged: string[] = [];
  failure: Error | undefined;
  private readonly answered = new Map<string, string>();
  private readonly clock = {
    now: () => instant('2027-01-01T00:00:00Z'),
    sleep: async () => new Promise<never>(() => undefined),
  };
  private readonly people: Readonly<Record<string, Principal>> = {
    'Bearer buyer': { userId: 'ada', name: 'Ada', email: 'ada@example.org', roles: [] },
    'Bearer organizer': { userId: 'olga', name: 'Olga', email: 'olga@example.org', roles: ['organizer'] },
  };
  readonly dispatch = createDispatcher(
    [
      {
        name: 'demo',
        problems: { 'sold-out': 409, 'idempotency-key-reused': 422, 'not-found': 404, 'too-many-holds': 429 },
        checks: {},
        routes: [
          route<HoldRequest>({
            method: 'POST',
            path: '/holds',
            summary: 'Hold',
            access: 'signed-in',
            body: HoldRequest,
            idempotencyKey: 'required',
            answers: { status: 201, description: 'Held' },
            handle: async ({ idempotency }) => {
              const before = this.answered.get(idempotency.key);
              if (before !== undefined && before !== idempotency.fingerprint)
                throw new Refusal('idempotency-key-reused', 'Used before with another body.');
              if (this.failure !== undefined) throw this.failure;
              if (before === undefined) this.done.push('held');
              this.answered.set(idempotency.key, idempotency.fingerprint);
              return { status: 201, body: { id: idempotency.key } };
            },
          }),
          route<RenameRequest>({
            method: 'PUT',
            path: '/events/{eventId}',
            summary: 'Rename',
            access: 'organizer',
            body: RenameRequest,
            ifMatch: 'required',
            bodyLimit: 200,
            answers: { status: 200, description: 'Renamed' },
            handle: async () => (this.done.push('renamed'), { status: 200, body: {} }),
          }),
          route({
            method: 'POST',
            path: '/events/{eventId}/publish',
            summary: 'Publish',
            access: 'organizer',
            answers: { status: 200, description: 'Published' },
            handle: async () => (this.done.push('published'), { status: 200, body: {} }),
          }),
          route<object, PageQuery>({
            method: 'GET',
            path: '/events',
            summary: 'List',
            access: 'anyone',
            query: PageQuery,
            answers: { status: 200, description: 'Events' },
            handle: async ({ query }) => ({
              status: 200,
              body: { limit: query.limit, after: decodeCursor(query.cursor, '') ?? null },
            }),
          }),
        ],
      },
    ],
    {
      clock: this.clock,
      telemetry: consoleTelemetry({ clock: this.clock, write: (line) => this.logged.push(line) }),
      authenticate: (authorization) => {
        if (authorization === undefined) return undefined;
        const person = this.people[authorization];
        if (person === undefined)
          throw new Problem(
            401,
            'token-expired',
            'The token has expired.',
            {},
            { 'www-authenticate': 'Bearer error="invalid_token"' },
          );
        return person;
      },
    },
  );
}

const id = '01jv0h5c9n3yq8t6w2b4d7f1ga';
const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const goodHold = { eventId: id, lines: [{ ticketTypeId: id, quantity: 2 }] };
const json = { 'content-type': 'application/json' };
const buyer = { ...json, authorization: 'Bearer buyer', 'idempotency-key': 'k-1' };
const organizer = { ...json, authorization: 'Bearer organizer', 'if-match': '"3"' };

interface Sent {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string | undefined>> | undefined;
  readonly body?: unknown;
}

let office: DemoOffice;
beforeEach(() => {
  office = new DemoOffice();
});

async function send({
  method = 'POST',
  path,
  headers = {},
  body,
}: Sent): Promise<WireReply & { problem: Record<string, unknown> }> {
  const bytes = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
  const reply = await office.dispatch({
    method,
    url: `/api/v1${path}`,
    headers: { traceparent: `00-${traceId}-00f067aa0ba902b7-01`, ...headers },
    body: Buffer.from(bytes),
  });
  return {
    ...reply,
    problem: typeof reply.body === 'string' ? (JSON.parse(reply.body) as Record<string, unknown>) : {},
  };
}

const hold = (body: unknown, headers: Sent['headers'] = buyer): Sent => ({ path: '/holds', headers, body });
const rename = (headers: Sent['headers'], body: unknown = { title: 'Proms' }): Sent => ({
  method: 'PUT',
  path: '/events/e1',
  headers,
  body,
});
const list = (query: string): Sent => ({ method: 'GET', path: `/events?${query}` });
const faulty = (...errors: readonly (readonly [field: string, code: string, message: string])[]) => ({
  status: 400,
  code: 'invalid-request',
  title: 'Invalid request',
  detail:
    errors.length === 1
      ? 'One thing is wrong with this request.'
      : `${errors.length} things are wrong with this request.`,
  errors: errors.map(([field, code, message]) => ({ field, code, message })),
});
const an = (status: number, code: string, title: string, detail: string, facts: object = {}) => ({
  status,
  code,
  title,
  detail,
  ...facts,
});

const table: readonly (readonly [what: string, sent: Sent, problem: { status: number; code: string }])[] = [
  // What is sent
  [
    'malformed JSON',
    hold('{"eventId": "x",}'),
    an(400, 'malformed-json', 'Malformed json', 'The body is not JSON: it breaks at line 1, column 17.', {
      line: 1,
      column: 17,
    }),
  ],
  [
    'half of a body',
    hold('{"eventId": "x", "lin'),
    an(400, 'malformed-json', 'Malformed json', 'The body is not JSON: it breaks at line 1, column 22.', {
      line: 1,
      column: 22,
    }),
  ],
  [
    'a form',
    hold('eventId=x', { ...buyer, 'content-type': 'application/x-www-form-urlencoded' }),
    an(
      415,
      'unsupported-media-type',
      'Unsupported media type',
      'Send the body as application/json in UTF-8, not compressed.',
    ),
  ],
  [
    'JSON that says it is not',
    hold(goodHold, { ...buyer, 'content-type': undefined }),
    an(
      415,
      'unsupported-media-type',
      'Unsupported media type',
      'Send the body as application/json in UTF-8, not compressed.',
    ),
  ],
  [
    'JSON in another character set',
    hold(goodHold, { ...buyer, 'content-type': 'application/json; charset=utf-16' }),
    an(
      415,
      'unsupported-media-type',
      'Unsupported media type',
      'Send the body as application/json in UTF-8, not compressed.',
    ),
  ],
  [
    'a compressed body',
    hold(goodHold, { ...buyer, 'content-encoding': 'gzip' }),
    an(
      415,
      'unsupported-media-type',
      'Unsupported media type',
      'Send the body as application/json in UTF-8, not compressed.',
    ),
  ],
  [
    'a huge body',
    hold(`{"note":"${'x'.repeat(65_536)}"}`),
    an(413, 'body-too-large', 'Body too large', 'The body may have 65536 bytes.', { limitBytes: 65_536 }),
  ],
  [
    'more than a route takes',
    rename(organizer, { title: 'x'.repeat(200) }),
    an(413, 'body-too-large', 'Body too large', 'The body may have 200 bytes.', { limitBytes: 200 }),
  ],
  [
    'a bottomless body',
    hold('['.repeat(40) + ']'.repeat(40)),
    an(413, 'body-too-deep', 'Body too deep', 'The body nests deeper than 32 levels.'),
  ],
  ['an array', hold([goodHold]), faulty(['', 'isObject', 'the body must be a JSON object'])],
  [
    'wrong types',
    hold({ eventId: 5, lines: [{ ticketTypeId: id, quantity: '2' }] }),
    faulty(
      ['eventId', 'isId', 'eventId must be an id of 26 characters'],
      ['lines[0].quantity', 'max', 'quantity must not be greater than 10'],
      ['lines[0].quantity', 'min', 'quantity must not be less than 1'],
      ['lines[0].quantity', 'isInt', 'quantity must be an integer number'],
    ),
  ],
  [
    'missing fields',
    hold({ lines: [{}] }),
    faulty(
      ['eventId', 'isId', 'eventId must be an id of 26 characters'],
      ['lines[0].ticketTypeId', 'isId', 'ticketTypeId must be an id of 26 characters'],
      ['lines[0].quantity', 'max', 'quantity must not be greater than 10'],
      ['lines[0].quantity', 'min', 'quantity must not be less than 1'],
      ['lines[0].quantity', 'isInt', 'quantity must be an integer number'],
    ),
  ],
  [
    'unknown fields',
    hold({ ...goodHold, price: 1, lines: [{ ticketTypeId: id, quantity: 1, price: 1 }] }),
    faulty(
      ['lines[0].price', 'unknown', 'lines[0].price is not known here'],
      ['price', 'unknown', 'price is not known here'],
    ),
  ],
  [
    'a poisoned prototype',
    hold(
      `{"eventId":"${id}","lines":[{"ticketTypeId":"${id}","quantity":1}],"__proto__":{"roles":["admin"]}}`,
    ),
    faulty(['__proto__', 'unknown', '__proto__ is not known here']),
  ],
  [
    'text with control characters',
    hold({ ...goodHold, note: 'a\u0000b' }),
    faulty(['note', 'isPlainText', 'note must be plain text on one line of 1 to 20 characters']),
  ],
  [
    'a body where none belongs',
    { path: '/events/e1/publish', headers: organizer, body: { force: true } },
    faulty(['force', 'unknown', 'force is not known here']),
  ],
  [
    'a query that is faulty in two ways',
    list('limit=many&sort=up'),
    faulty(
      ['sort', 'unknown', 'sort is not known here'],
      ['limit', 'max', 'limit must not be greater than 100'],
      ['limit', 'min', 'limit must not be less than 1'],
      ['limit', 'isInt', 'limit must be an integer number'],
    ),
  ],
  [
    'a cursor of its own making',
    list('cursor=WzFd'),
    faulty(['cursor', 'cursor', 'cursor must be a nextCursor that this list answered']),
  ],
  [
    'a path that decodes to nothing',
    { method: 'PUT', path: '/events/%ff', headers: organizer },
    an(
      400,
      'malformed-path',
      'Malformed path',
      'The path has a percent sign that begins no UTF-8 character.',
    ),
  ],
  // Who sends it
  [
    'nobody',
    hold(goodHold, { ...buyer, authorization: undefined }),
    an(401, 'sign-in-required', 'Sign in required', 'Sign in first: send a bearer token.'),
  ],
  [
    'a bad token',
    hold(goodHold, { ...buyer, authorization: 'Bearer forged' }),
    an(401, 'token-expired', 'Token expired', 'The token has expired.'),
  ],
  [
    'a bad token where anyone may look',
    { ...list(''), headers: { authorization: 'Bearer forged' } },
    an(401, 'token-expired', 'Token expired', 'The token has expired.'),
  ],
  [
    'a buyer in the office',
    rename({ ...organizer, authorization: 'Bearer buyer' }),
    an(403, 'role-required', 'Role required', 'This takes the role organizer.', { role: 'organizer' }),
  ],
  // Under which conditions
  [
    'no key',
    hold(goodHold, { ...buyer, 'idempotency-key': undefined }),
    an(
      400,
      'idempotency-key-required',
      'Idempotency key required',
      'Send an Idempotency-Key header: a value of your own, new for each new request, the same when you repeat it.',
    ),
  ],
  [
    'an overlong key',
    hold(goodHold, { ...buyer, 'idempotency-key': 'k'.repeat(256) }),
    an(
      400,
      'idempotency-key-malformed',
      'Idempotency key malformed',
      'An Idempotency-Key is 1 to 255 printable ASCII characters.',
    ),
  ],
  [
    'a key that does not print',
    hold(goodHold, { ...buyer, 'idempotency-key': 'kéy' }),
    an(
      400,
      'idempotency-key-malformed',
      'Idempotency key malformed',
      'An Idempotency-Key is 1 to 255 printable ASCII characters.',
    ),
  ],
  [
    'an edit of no version',
    rename({ ...organizer, 'if-match': undefined }),
    an(
      428,
      'if-match-required',
      'If match required',
      'Send an If-Match header with the ETag of the version that you are changing.',
    ),
  ],
  [
    'an edit of any version',
    rename({ ...organizer, 'if-match': '*' }),
    an(
      400,
      'if-match-malformed',
      'If match malformed',
      'If-Match takes one ETag here, in its quotes, as it was answered: no list, no *.',
    ),
  ],
  [
    'an edit of several versions',
    rename({ ...organizer, 'if-match': '"3", "4"' }),
    an(
      400,
      'if-match-malformed',
      'If match malformed',
      'If-Match takes one ETag here, in its quotes, as it was answered: no list, no *.',
    ),
  ],
  [
    'an edit of a weak version',
    rename({ ...organizer, 'if-match': 'W/"3"' }),
    an(412, 'precondition-failed', 'Precondition failed', 'A weak ETag matches no version.'),
  ],
  // Where
  [
    'another method',
    { method: 'DELETE', path: '/holds', headers: buyer },
    an(405, 'method-not-allowed', 'Method not allowed', 'This path takes OPTIONS, POST.'),
  ],
  [
    'another path',
    { path: '/holds/', headers: buyer },
    an(404, 'not-found', 'Not found', 'There is nothing here.'),
  ],
];

describe('a faulty request', () => {
  it.each(table)('%s is told what is wrong, and changes nothing', async (_, sent, expected) => {
    const reply = await send(sent);
    expect(reply.problem).toEqual({ type: `urn:boxoffice:problem:${expected.code}`, traceId, ...expected });
    expect(reply.status).toBe(expected.status);
    expect(reply.headers).toMatchObject({
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    expect(office.done).toEqual([]);
    expect(office.logged).toEqual([]);
  });

  it('has what RFC 9110 asks for in its headers', async () => {
    expect(
      (await send(hold(goodHold, { ...buyer, authorization: undefined }))).headers['www-authenticate'],
    ).toBe('Bearer');
    expect((await send({ method: 'DELETE', path: '/holds' })).headers['allow']).toBe('OPTIONS, POST');
    expect((await send(hold('x', { ...buyer, 'content-type': 'text/plain' }))).headers['accept']).toBe(
      'application/json',
    );
  });
});

describe('a request without fault', () => {
  it.each([
    ['a hold', hold(goodHold), 201],
    [
      'a hold with a parameter on its type',
      hold(goodHold, { ...buyer, 'content-type': 'application/json; charset=UTF-8' }),
      201,
    ],
    ['an edit', rename(organizer), 200],
    [
      'a deed without a body',
      { path: '/events/e1/publish', headers: { authorization: 'Bearer organizer' } },
      200,
    ],
    ['a deed with an empty object', { path: '/events/e1/publish', headers: organizer, body: {} }, 200],
  ] satisfies [string, Sent, number][])('%s gets through', async (_, sent, status) => {
    expect((await send(sent)).status).toBe(status);
    expect(office.done).toHaveLength(1);
  });
});

describe('an Idempotency-Key', () => {
  it('that is repeated with the same body gets the same answer, however the body is written', async () => {
    const first = await send(hold(goodHold));
    const again = await send(
      hold(` {"lines": [{"quantity": 2, "ticketTypeId": "${id}"}],\n "eventId": "${id}"}`),
    );
    expect(again.body).toBe(first.body);
    expect(office.done).toEqual(['held']);
  });

  it('that is repeated with another body clashes', async () => {
    await send(hold(goodHold));
    const clash = await send(hold({ ...goodHold, note: 'for Bob' }));
    expect(clash.problem).toEqual({
      type: 'urn:boxoffice:problem:idempotency-key-reused',
      title: 'Idempotency key reused',
      status: 422,
      code: 'idempotency-key-reused',
      detail: 'Used before with another body.',
      traceId,
    });
    expect(office.done).toEqual(['held']);
  });

  it('belongs to its caller', async () => {
    await send(hold(goodHold));
    await send(hold({ ...goodHold, note: 'another body' }, { ...buyer, authorization: 'Bearer organizer' }));
    expect(office.done).toEqual(['held', 'held']);
  });
});

describe('what goes wrong inside', () => {
  const secret = 'card 4242424242424242 of ada@example.org';
  it.each([
    [
      'a rule that says no',
      new Refusal('sold-out', 'Sold out.', { ticketTypeId: id }),
      an(409, 'sold-out', 'Sold out', 'Sold out.', { ticketTypeId: id }),
      undefined,
    ],
    [
      'a rule that no one has mapped',
      new Refusal('strange', 'No.'),
      an(409, 'strange', 'Strange', 'No.'),
      undefined,
    ],
    [
      'a rule whose facts pretend',
      new Refusal('sold-out', 'No.', { status: 200, code: 'ok', traceId: 'x', type: 'y' }),
      an(409, 'sold-out', 'Sold out', 'No.'),
      undefined,
    ],
    [
      'a limit',
      new Refusal('too-many-holds', 'Enough.', { retryAfterSeconds: 42 }),
      an(429, 'too-many-holds', 'Too many holds', 'Enough.', { retryAfterSeconds: 42 }),
      '42',
    ],
    [
      'a store that is busy',
      new DocumentFault('TooManyRequests', secret, 2300),
      an(503, 'busy', 'Busy', 'Too much at once. Nothing was changed; try again in a moment.'),
      '3',
    ],
    [
      'a deadlock',
      new SqlFault('Transient', secret),
      an(503, 'busy', 'Busy', 'Too much at once. Nothing was changed; try again in a moment.'),
      '1',
    ],
    [
      'a version that is always stale',
      new StaleVersion(secret),
      an(503, 'busy', 'Busy', 'Too much at once. Nothing was changed; try again in a moment.'),
      '1',
    ],
    [
      'a write of unknown end',
      new DocumentFault('OutcomeUnknown', secret),
      an(
        503,
        'outcome-unknown',
        'Outcome unknown',
        'It is not known whether this was done. Repeat it, with the same Idempotency-Key if it had one.',
      ),
      '1',
    ],
    [
      'a commit of unknown end',
      new SqlFault('OutcomeUnknown', secret),
      an(
        503,
        'outcome-unknown',
        'Outcome unknown',
        'It is not known whether this was done. Repeat it, with the same Idempotency-Key if it had one.',
      ),
      '1',
    ],
    [
      'a fault',
      new TypeError(secret),
      an(500, 'internal', 'Internal', 'Something went wrong here. It has been recorded under this traceId.'),
      undefined,
    ],
    [
      'something that is no error',
      secret as unknown as Error,
      an(500, 'internal', 'Internal', 'Something went wrong here. It has been recorded under this traceId.'),
      undefined,
    ],
  ])('%s is told without a word too many', async (_, failure, expected, retryAfter) => {
    office.failure = failure;
    const reply = await send(hold(goodHold));
    expect(reply.problem).toEqual({ type: `urn:boxoffice:problem:${expected.code}`, traceId, ...expected });
    expect(reply.headers['retry-after']).toBe(retryAfter);
    expect(office.logged).toHaveLength(expected.status >= 500 ? 1 : 0);
  });

  it('is recorded once with its stack, under the traceId that the caller has, with nothing personal in it', async () => {
    office.failure = new TypeError(secret);
    await send(hold(goodHold));
    const line = JSON.parse(office.logged[0] ?? '{}') as { error: { stack: string } } & Record<
      string,
      unknown
    >;
    expect(line).toMatchObject({
      level: 'error',
      message: 'request failed',
      traceId,
      'http.route': '/holds',
      code: 'internal',
    });
    expect(line.error.stack).toContain('http.faults.spec');
    expect(office.logged[0]).not.toMatch(/4242|ada@/);
  });
});
