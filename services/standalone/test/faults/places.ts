import { apiBase, urlOf, type OpenDoor, type Row } from './door';
import type { Scene } from './scene';

const methods = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'TRACE'];

/** Paths that are nowhere, and methods that a path does not take. */
export function placeRowsOf(doors: readonly OpenDoor[]): readonly Row[] {
  const paths = new Map(doors.map((door) => [door.at.path, door]));
  return [
    ...[
      '',
      '/',
      '/api',
      '/api/v1',
      '/api/v1/',
      '/api/v1/nothing',
      '/api/v2/events',
      '/api/v1/Events',
      '/api/v1/events/',
    ].map((url) => nowhere(url === '' ? '*' : url)),
    ...[
      '//api/v1/events',
      '/api/v1//events',
      '/api/v1/./events',
      '/api/v1/holds/../events',
      '/api/v1/%65vents',
    ].map(nowhere),
    ...[...paths.values()].flatMap((door) => methodRows(door, doors)),
  ];
}

const nowhere = (url: string): Row => ({
  what: `GET ${url}`,
  sent: () => ({ method: 'GET', url, headers: {} }),
  told: { status: 404, code: 'not-found' },
});

/** The parameters need name nothing: the method is looked at before them. */
function methodRows({ at }: OpenDoor, doors: readonly OpenDoor[]): readonly Row[] {
  const url = urlOf(at);
  const taken = doors.filter((door) => patternOf(door.at.path).test(url)).map((door) => door.at.method);
  const allow = [...new Set([...taken, ...(taken.includes('GET') ? ['HEAD'] : []), 'OPTIONS'])].sort();
  return methods
    .filter((method) => !allow.includes(method))
    .map((method) => ({
      what: `${method} ${at.path}`,
      sent: ({ visitors }: Scene) => ({
        method,
        url,
        headers: {
          authorization: `Bearer ${visitors.olivia.token ?? ''}`,
          'content-type': 'application/json',
        },
        body: method === 'GET' || method === 'TRACE' ? undefined : {},
      }),
      told: { status: 405, code: 'method-not-allowed', headers: { allow: allow.join(', ') } },
    }));
}

const patternOf = (path: string): RegExp =>
  new RegExp(`^${apiBase}${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`);
