import { parseJson } from './json';
import { Problem, invalidRequest, type Fault } from './problem';
import { inspect } from './read-object';
import type { BodyClass, Route } from './route';
import type { WireRequest } from './wire';

class Nothing {}
const jsonType = /^application\/(json|[\w.+-]+\+json)\s*(;\s*charset\s*=\s*"?utf-8"?\s*)?$/i;
const faultsTold = 200;

/** The JSON of a body as it came; an empty body is `{}`, so that what it lacks is named. Throws a Problem: 415, 400, 413. */
export function readJson(request: WireRequest): unknown {
  if (request.body.length === 0) return {};
  const encoding = request.headers['content-encoding'];
  if (
    !jsonType.test(request.headers['content-type'] ?? '') ||
    (encoding !== undefined && encoding !== 'identity')
  ) {
    throw new Problem(
      415,
      'unsupported-media-type',
      'Send the body as application/json in UTF-8, not compressed.',
      {},
      { accept: 'application/json' },
    );
  }
  return parseJson(request.body);
}

/** Body and query → instances of the route's classes. Throws one Problem with the faults of both. */
export function readRequest(route: Route, json: unknown, search: string): { body: object; query: object } {
  const faults: Fault[] = [];
  const body = json === undefined ? nothing : read(route.body ?? Nothing, json, faults);
  const query = route.query === undefined ? nothing : read(route.query, membersOf(search), faults);
  if (faults.length > 0) throw invalidRequest(faults.slice(0, faultsTold), faults.length);
  return { body, query };
}

const nothing: object = Object.freeze({});

function read(type: BodyClass<object>, value: unknown, faults: Fault[]): object {
  const { instance, faults: found } = inspect(type, value);
  faults.push(...found);
  return instance ?? nothing;
}

/** A parameter that comes more than once is an array of its values. */
function membersOf(search: string): Record<string, unknown> {
  const members = new Map<string, string | string[]>();
  for (const [name, value] of new URLSearchParams(search)) {
    const before = members.get(name);
    members.set(name, before === undefined ? value : [before, value].flat());
  }
  return Object.fromEntries(members);
}
