import { createDispatcher, type Principal, type Role } from '@boxoffice/shared/http';
import type { Platform, Service } from '@boxoffice/shared/platform';
import type { CallApi } from './import/enter-event';

/**
 * The API as this machine's own organiser and administrator call it: through the same dispatcher, routes and rules as over HTTP, but
 * without a socket and without a token, which nobody outside this process could make use of.
 */
export function openDesk(
  platform: Platform,
  services: readonly Service[],
  organizer: Omit<Principal, 'roles'>,
): CallApi {
  const as = (role: Role) =>
    createDispatcher(services, {
      authenticate: () => ({ ...organizer, roles: [role] }),
      telemetry: platform.telemetry,
      clock: platform.clock,
    });
  const dispatch = { organizer: as('organizer'), admin: as('admin') };
  return async (call) => {
    const reply = await dispatch[call.as]({
      method: call.method,
      url: `/api/v1${call.path}`,
      headers: {
        'content-type': 'application/json',
        ...(call.idempotencyKey === undefined ? {} : { 'idempotency-key': call.idempotencyKey }),
        ...(call.ifMatch === undefined ? {} : { 'if-match': call.ifMatch }),
      },
      body: Buffer.from(call.body === undefined ? '' : JSON.stringify(call.body)),
    });
    const text = typeof reply.body === 'string' ? reply.body : Buffer.from(reply.body ?? []).toString();
    return { status: reply.status, body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>) };
  };
}
