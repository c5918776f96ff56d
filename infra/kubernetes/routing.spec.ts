import { describe, expect, it } from '@jest/globals';
import { services } from '@boxoffice/shared/contracts';
import type { Service } from '@boxoffice/shared/platform';
import { appOf } from './app';
import { waysTo } from './routing';
import { complete } from './test/environment';

const composed = services.map((name) => appOf(name, complete).service);
const ways = waysTo(composed);

/** As the proxy goes through them: the first that fits, and a regular expression fits the whole path. */
const leadsTo = (path: string): string | undefined =>
  ways.find((way) =>
    'prefix' in way ? path.startsWith(way.prefix) : new RegExp(`^(?:${way.regex})$`).test(path),
  )?.to;

const answering = (name: Service['name'], ...paths: readonly string[]): Service =>
  ({ name, routes: paths.map((path) => ({ path })) }) as unknown as Service;

describe('the ways through the gateway', () => {
  it('lead every path of every service to that service', () => {
    const places = composed.flatMap(({ name, routes }) => [
      [name, `/api/v1/${name}/health`],
      ...routes.map(({ path }) => [name, `/api/v1${path.replaceAll(/\{[^}]+\}/g, 'a-1.b')}`]),
    ]);
    expect(places.length).toBeGreaterThan(100);
    expect(places.filter(([name, path = '']) => leadsTo(path) !== name)).toEqual([]);
  });

  it('lead nowhere from what no service answers', () => {
    for (const path of [
      '/',
      '/admin/host/status',
      '/api/v1/nothing',
      '/api/v1/events/1/nothing',
      '/api/v1/ordersx',
    ])
      expect([path, leadsTo(path)]).toEqual([path, undefined]);
  });

  it('are few: one for a first segment that is one service’s own', () => {
    expect(ways.filter((way) => 'prefix' in way && way.prefix === '/api/v1/orders/')).toEqual([
      { to: 'payment-processing', prefix: '/api/v1/orders/' },
    ]);
    expect(ways.some((way) => 'prefix' in way && way.prefix === '/api/v1/events/')).toBe(false);
  });

  it.each([
    ['/things/latest', '/things/{id}'],
    ['/things/{id}.ics', '/things/{id}'],
    ['/things/latest/{part}', '/things/{id}/{part}'],
  ])('take %s before %s, whichever service comes first', (special, general) => {
    const one = answering('ticket-inventory', general);
    const other = answering('notification', special);
    for (const both of [
      [one, other],
      [other, one],
    ]) {
      const path = `/api/v1${special.replaceAll(/\{[^}]+\}/g, 'a')}`;
      const found = waysTo(both).filter((way) => 'regex' in way && new RegExp(`^${way.regex}$`).test(path));
      expect(found.map(({ to }) => to)).toEqual(['notification', 'ticket-inventory']);
    }
  });

  it('do not exist where two services answer the same path', () => {
    expect(() =>
      waysTo([answering('ticket-inventory', '/things/{id}'), answering('notification', '/things/{id}')]),
    ).toThrow('/things/{id} is answered by ticket-inventory and by notification');
  });
});
