import type { Registered } from './worker.mjs';

interface Place {
  readonly name: string;
  readonly methods: readonly string[];
  readonly pattern: RegExp;
  /** Fixed segments before mixed ones, these before parameters: the smaller goes first. */
  readonly rank: string;
}

export interface Found {
  readonly name: string;
  readonly params: Readonly<Record<string, string>>;
}

/** The host's routing: by template, without regard to case; a path whose methods do not fit is as good as not there. */
export function router(
  functions: readonly Registered[],
  prefix: string,
): (method: string, path: string) => Found | undefined {
  const places = functions
    .filter(({ trigger }) => trigger.type === 'httpTrigger')
    .map((each) => placeOf(each, prefix));
  places.sort((a, b) => (a.rank < b.rank ? -1 : 1));
  return (method, path) => {
    for (const { name, methods, pattern } of places) {
      const match = methods.includes(method) ? pattern.exec(path) : null;
      if (match === null) continue;
      const params = Object.entries(match.groups ?? {}).map(([param, value]) => [
        param,
        decodeURIComponent(value),
      ]);
      return { name, params: Object.fromEntries(params) as Record<string, string> };
    }
    return undefined;
  };
}

function placeOf({ name, trigger }: Registered, prefix: string): Place {
  const template = [prefix, (trigger['route'] as string | undefined) ?? name]
    .filter((part) => part !== '')
    .join('/');
  const segments = template.split('/');
  const parameter = /\{(\w+)\}/g;
  const source = segments
    .map((segment) => segment.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(parameter, '(?<$1>[^/]+?)'))
    .join('/');
  const kinds = segments.map((segment) =>
    /^\{\w+\}$/.test(segment) ? '2' : parameter.test(segment) ? '1' : '0',
  );
  const methods = (trigger['methods'] as readonly string[] | undefined) ?? ['GET', 'POST'];
  return {
    name,
    methods: methods.map((method) => method.toUpperCase()),
    pattern: new RegExp(`^/${source}/?$`, 'i'),
    rank: kinds.join(''),
  };
}
