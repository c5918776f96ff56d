import { createDispatcher, serveHttp } from '@boxoffice/shared/http';
import type { Platform, Service } from '@boxoffice/shared/platform';

/** The services over HTTP on a free port, which it answers. Whoever says who they are is believed: `Bearer <user id>`. */
export async function serve(platform: Platform, services: readonly Service[]): Promise<number> {
  const { telemetry, clock } = platform;
  const dispatch = createDispatcher(services, {
    authenticate: (header) => {
      const userId = header?.slice('Bearer '.length);
      return userId === undefined ? undefined : { userId, name: userId, email: '', roles: [] };
    },
    ...{ telemetry, clock },
  });
  const { port } = await serveHttp(dispatch, { port: 0, host: '127.0.0.1' });
  return port;
}
