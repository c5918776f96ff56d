import { services } from '@boxoffice/shared/contracts';
import { afterNoAnswer, afterStatus, afterStrangeBody } from './advice';
import { asJson, memberOf } from './body';

/** Something that a deployment answers when it is whole. */
export interface Probe {
  readonly name: string;
  readonly path: string;
  readonly status: 200 | 401;
  /** Undefined where the body is as it should be, or else what is not. */
  readonly isWrong: (body: unknown) => string | undefined;
}

export const probes: readonly Probe[] = [
  ...services.map((service) => ({
    name: `health of ${service}`,
    path: `/${service}/health`,
    status: 200 as const,
    isWrong: (body: unknown) =>
      memberOf(body, 'status') === 'pass' ? undefined : 'its status is not “pass”',
  })),
  ...services.map((service) => ({
    name: `OpenAPI document of ${service}`,
    path: `/${service}/openapi.json`,
    status: 200 as const,
    isWrong: (body: unknown) =>
      memberOf(body, 'openapi') === '3.1.0' ? undefined : 'it is not in OpenAPI 3.1.0',
  })),
  {
    name: 'events, without signing in',
    path: '/events',
    status: 200,
    isWrong: (body) => (Array.isArray(memberOf(body, 'items')) ? undefined : 'it has no items'),
  },
  // Somebody's own orders: that the door is shut counts as much as that it opens.
  { name: 'orders, without signing in', path: '/orders', status: 401, isWrong: () => undefined },
];

/** What a probe met that is not as it should be, and what is done about that. */
export interface Miss {
  readonly name: string;
  readonly what: string;
  readonly next: string;
}

const timeOutMilliseconds = 15_000;

export async function ask(
  apiUrl: string,
  { name, path, status: wanted, isWrong }: Probe,
): Promise<Miss | undefined> {
  const miss = (what: string, next: string): Miss => ({
    name,
    what: `${name} (GET ${apiUrl}${path}): ${what}`,
    next,
  });
  try {
    const response = await fetch(`${apiUrl}${path}`, {
      headers: { accept: 'application/json' },
      signal: AbortSignal.timeout(timeOutMilliseconds),
    });
    const body = asJson(await response.text());
    const { status } = response;
    if (status !== wanted) return miss(`answers ${status}${told(body)}`, afterStatus(status, body));
    const wrong = isWrong(body);
    return wrong === undefined ? undefined : miss(wrong, afterStrangeBody);
  } catch (error) {
    const why = causeOf(error);
    return miss(why, afterNoAnswer(why));
  }
}

/** The stable code of a problem, or which of a service's dependencies fail. */
function told(body: unknown): string {
  const code = memberOf(body, 'code');
  if (typeof code === 'string') return ` ${code}`;
  const checks = memberOf(body, 'checks');
  const failing = Object.entries(checks ?? {}).flatMap(([name, state]) => (state === 'fail' ? [name] : []));
  return failing.length === 0 ? '' : `, because these fail: ${failing.join(', ')}`;
}

/** `fetch failed` says nothing; what lies under it does. */
function causeOf(error: unknown): string {
  const cause = memberOf(error, 'cause') ?? error;
  const [code, message] = [memberOf(cause, 'code'), memberOf(cause, 'message')];
  return [code, message].filter((part) => typeof part === 'string').join(' ') || String(error);
}
