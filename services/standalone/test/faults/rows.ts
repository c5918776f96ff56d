import { badTokenNames } from '../house/provider';
import { bodyRows } from './bodies';
import { isRead, row, urlOf, withHeaders, type Change, type OpenDoor, type Row, type Told } from './door';
import { addressOf, neverWas, type PersonName, type Scene } from './scene';

/** Everything that can be got wrong at this door as at any other. */
export function rowsOf(door: OpenDoor): readonly Row[] {
  return [...whoRows(door), ...roleRows(door), ...pathRows(door), ...conditionRows(door), ...bodyRows(door)];
}

function whoRows(door: OpenDoor): readonly Row[] {
  const { at, as } = door;
  if (at.rawBody) return [];
  const of = row(door);
  const holder: PersonName = as ?? 'ben';
  const nobody = of('nobody', withHeaders({ authorization: undefined }), {
    status: 401,
    code: 'sign-in-required',
    headers: { 'www-authenticate': 'Bearer' },
  });
  const bad = badTokenNames.map((name): Row => {
    const change: Change = (sent, scene) =>
      withHeaders({ authorization: scene.badTokens[holder][name].authorization })(sent, scene);
    return of(name, change, ({ badTokens }) => {
      const { code } = badTokens[holder][name];
      return { status: 401, code, headers: { 'www-authenticate': 'Bearer error="invalid_token"' } };
    });
  });
  return at.access === 'anyone' ? bad.slice(0, 1) : isRead(door) ? [nobody, bad[0]!] : [nobody, ...bad];
}

function roleRows(door: OpenDoor): readonly Row[] {
  const { access } = door.at;
  if (access !== 'organizer' && access !== 'admin') return [];
  const others: readonly PersonName[] = access === 'organizer' ? ['ben', 'ada'] : ['ben', 'olivia'];
  return others.map((name) =>
    row(door)(
      `${addressOf(name)}, who has not the role`,
      (sent, scene) =>
        withHeaders({ authorization: `Bearer ${scene.visitors[name].token ?? ''}` })(sent, scene),
      { status: 403, code: 'role-required', facts: { role: access } },
    ),
  );
}

const strangeIds = [
  'x',
  'X'.repeat(26),
  "1'%20or%20'1'='1",
  '%F0%9F%8E%9F',
  `${neverWas}-`,
  `${neverWas}-0000-1`,
  '__proto__',
];
const impossibleIds = ['%00', '%2F', '..%2F..', '%5C', '%0A', 'a'.repeat(256), ''];

function pathRows(door: OpenDoor): readonly Row[] {
  const { at, params, foreign } = door;
  const of = row(door);
  const to =
    (name: string, value: (scene: Scene) => string): Change =>
    (sent, scene) => ({ ...sent, url: urlOf(at, { ...params?.(scene), [name]: value(scene) }) });
  return Object.entries(door.unknown ?? {}).flatMap(([name, code]) => [
    ...[neverWas, ...strangeIds].map((id) =>
      of(
        `${name} ${shortened(id)}, which names nothing`,
        to(name, () => id),
        { status: 404, code },
      ),
    ),
    // Without its name, a file's path is that of something else.
    ...impossibleIds
      .filter((id) => id !== '' || !at.path.includes('}.'))
      .map((id) =>
        of(
          `${name} ${shortened(id)}, which nothing is ever named`,
          to(name, () => id),
          {
            status: 404,
            code: 'not-found',
          },
        ),
      ),
    of(
      `${name} with a percent sign for nothing`,
      to(name, () => '%ff'),
      { status: 400, code: 'malformed-path' },
    ),
    ...(foreign ? foreignRows(door, name, code) : []),
  ]);
}

const foreignRows = (door: OpenDoor, name: string, code: string): readonly Row[] => [
  row(door)(
    `${name} of what is another’s`,
    (sent, scene) => ({
      ...sent,
      url: urlOf(door.at, { ...door.params?.(scene), ...only(door.foreign?.(scene), name) }),
    }),
    { status: 404, code },
  ),
];

function only(all: Readonly<Record<string, string>> | undefined, name: string): Record<string, string> {
  const value = all?.[name];
  if (value === undefined) throw new Error(`${name}: whose?`);
  return { [name]: value };
}

function conditionRows(door: OpenDoor): readonly Row[] {
  const of = row(door);
  const { idempotencyKey, ifMatch } = door.at;
  const malformed: Told = { status: 400, code: 'idempotency-key-malformed' };
  const keyed = (key: string | undefined): Change => withHeaders({ 'idempotency-key': key });
  const matching = (etag: string | undefined): Change => withHeaders({ 'if-match': etag });
  const malformedTag: Told = { status: 400, code: 'if-match-malformed' };
  return [
    ...(idempotencyKey === undefined
      ? []
      : [
          of('no Idempotency-Key', keyed(undefined), { status: 400, code: 'idempotency-key-required' }),
          of('an empty Idempotency-Key', keyed(''), { status: 400, code: 'idempotency-key-required' }),
          of('an Idempotency-Key of 256 characters', keyed('k'.repeat(256)), malformed),
          of('an Idempotency-Key that is not ASCII', keyed('k\u00e9y'), malformed),
        ]),
    ...(ifMatch === undefined
      ? []
      : [
          of('no If-Match', matching(undefined), { status: 428, code: 'if-match-required' }),
          of('If-Match for any version', matching('*'), malformedTag),
          of('If-Match for several versions', matching('"1", "2"'), malformedTag),
          of('If-Match without quotes', matching('1'), malformedTag),
          of('If-Match for a weak version', matching('W/"1"'), { status: 412, code: 'precondition-failed' }),
          of('If-Match for a version gone by', matching('"0"'), { status: 412, code: 'version-changed' }),
          of('If-Match for no version at all', matching('"__proto__"'), {
            status: 412,
            code: 'version-changed',
          }),
        ]),
  ];
}

const shortened = (id: string): string =>
  id === '' ? '(none)' : id.length > 30 ? `${id.slice(0, 3)}… (${id.length} characters)` : id;
