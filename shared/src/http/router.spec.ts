import { describe, expect, it } from '@jest/globals';
import type { Method } from './route';
import { Router } from './router';

const routerOf = (...declared: readonly `${Method} ${string}`[]) =>
  new Router(
    declared.map((text) => {
      const [method, path] = text.split(' ') as [Method, string];
      return { route: { method, path }, text };
    }),
  );

const router = routerOf(
  'GET /events/{eventId}',
  'PUT /events/{eventId}',
  'GET /events/organizer',
  'GET /events/slug/{slug}',
  'POST /events/{eventId}/publish',
  'GET /events/{eventId}.ics',
  'GET /tickets/{ticketId}',
  'GET /tickets/{ticketId}.pdf',
  'POST /payments/webhook/{gateway}',
  'POST /payments/{paymentId}/confirm',
);
const find = (method: string, path: string) => {
  const found = router.find(method, `/api/v1${path}`);
  return found && ('endpoint' in found ? [found.endpoint.text, found.params] : found.allowed);
};

describe('the router', () => {
  it.each([
    ['GET', '/events/organizer', 'GET /events/organizer', {}],
    ['GET', '/events/01x', 'GET /events/{eventId}', { eventId: '01x' }],
    ['PUT', '/events/organizer', 'PUT /events/{eventId}', { eventId: 'organizer' }],
    ['GET', '/events/slug/proms', 'GET /events/slug/{slug}', { slug: 'proms' }],
    ['POST', '/events/slug/publish', 'POST /events/{eventId}/publish', { eventId: 'slug' }],
    ['GET', '/events/01x.ics', 'GET /events/{eventId}.ics', { eventId: '01x' }],
    ['GET', '/tickets/01x.pdf?download=1', 'GET /tickets/{ticketId}.pdf', { ticketId: '01x' }],
    ['GET', '/tickets/01x.png', 'GET /tickets/{ticketId}', { ticketId: '01x.png' }],
    ['GET', '/tickets/.pdf', 'GET /tickets/{ticketId}', { ticketId: '.pdf' }],
    ['POST', '/payments/webhook/confirm', 'POST /payments/webhook/{gateway}', { gateway: 'confirm' }],
    ['POST', '/payments/webhook2/confirm', 'POST /payments/{paymentId}/confirm', { paymentId: 'webhook2' }],
    ['HEAD', '/events/01x', 'GET /events/{eventId}', { eventId: '01x' }],
    ['GET', '/events/caf%C3%A9%7C1', 'GET /events/{eventId}', { eventId: 'café|1' }],
  ])('takes %s %s to %s', (method, path, text, params) => {
    expect(find(method, path)).toEqual([text, params]);
  });

  it('forgets a way that led nowhere', () => {
    const found = routerOf('GET /files/{name}.txt/lines', 'GET /files/{id}/{part}').find(
      'GET',
      '/api/v1/files/a.txt/pages',
    );
    expect(found).toMatchObject({ params: { id: 'a.txt', part: 'pages' } });
  });

  it('names the methods of a path that takes others', () => {
    expect(find('DELETE', '/events/01x')).toEqual(['GET', 'HEAD', 'OPTIONS', 'PUT']);
    expect(find('GET', '/payments/p/confirm')).toEqual(['OPTIONS', 'POST']);
  });

  it.each(['/events', '/events/', '/events/01x/', '/events/01x/publish/now', '/Events/01x', '/tickets', ''])(
    'finds nothing at %s',
    (path) => {
      expect(find('GET', path)).toBeUndefined();
    },
  );

  it('finds nothing outside its base', () => {
    expect(router.find('GET', '/events/01x')).toBeUndefined();
    expect(router.find('GET', '/api/v2/events/01x')).toBeUndefined();
    expect(router.find('GET', '*')).toBeUndefined();
  });

  it('refuses escapes that decode to nothing', () => {
    expect(() => find('GET', '/events/%E0%A4%A')).toThrow(
      expect.objectContaining({ status: 400, code: 'malformed-path' }),
    );
  });

  it.each(['%2Fetc', 'a%5Cb', 'a%00', '%0d%0a', 'a%3Fb', 'a%23', 'x'.repeat(256)])(
    'finds nothing called %s',
    (name) => {
      expect(() => find('GET', `/events/${name}`)).toThrow(expect.objectContaining({ status: 404 }));
    },
  );

  it('will not be built of two routes that answer the same, or of a path that is none', () => {
    expect(() => routerOf('GET /events/{a}', 'GET /events/{b}')).toThrow('two routes answer GET /events/{b}');
    expect(() => routerOf('GET /events//x')).toThrow('not a path');
    expect(() => routerOf('GET /events/{a}{b}')).toThrow('not a path');
  });
});
