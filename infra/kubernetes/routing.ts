import type { ServiceName } from '@boxoffice/shared/contracts';
import type { Service } from '@boxoffice/shared/platform';

/** Which service a path leads to. The first that fits counts. */
export type Way =
  | { readonly to: ServiceName; readonly prefix: string }
  | { readonly to: ServiceName; readonly regex: string };

/**
 * What the services' own routes say. Where one service alone has all paths under a first segment, that segment decides;
 * where several share it, as `/events`, each path does, what is fixed before what is a parameter.
 */
export function waysTo(services: readonly Service[]): readonly Way[] {
  const places = services.flatMap(({ name, routes }) => [
    { to: name, path: `/${name}/health` },
    { to: name, path: `/${name}/openapi.json` },
    ...routes.map(({ path }) => ({ to: name, path })),
  ]);
  const bySegment = Map.groupBy(places, ({ path }) => path.split('/')[1] ?? '');
  return [...bySegment].flatMap(([segment, there]): Way[] => {
    const [first, ...others] = new Set(there.map(({ to }) => to));
    if (first === undefined) return [];
    if (others.length === 0)
      return [
        { to: first, regex: `/api/v1/${escaped(segment)}` },
        { to: first, prefix: `/api/v1/${segment}/` },
      ];
    const owners = new Map(there.map(({ path, to }) => [path, to]));
    for (const { path, to } of there)
      if (owners.get(path) !== to)
        throw new Error(
          `${path} is answered by ${to} and by ${owners.get(path) ?? ''}: let one of them have it`,
        );
    return [...owners]
      .sort(([a], [b]) => (rank(a) < rank(b) ? -1 : 1))
      .map(([path, to]) => ({ to, regex: `/api/v1${expression(path)}` }));
  });
}

/** Sorts a fixed segment before one that is part parameter, as `{eventId}.ics`, and that before a parameter. */
const rank = (path: string): string =>
  path
    .split('/')
    .map((segment) => (/^\{[^}]+\}$/.test(segment) ? '3' : `${segment.includes('{') ? '2' : '1'}${segment}`))
    .join('/');
const escaped = (text: string): string => text.replaceAll(/[.*+?^$()[\]\\|]/g, '\\$&');
/** `/events/{eventId}.ics` → `/events/[^/]+\.ics`. Without its end: the proxy matches whole paths. */
const expression = (path: string): string => escaped(path).replaceAll(/\{[^}]+\}/g, '[^/]+');
