export const memberOf = (body: unknown, member: string): unknown =>
  typeof body === 'object' && body !== null ? Reflect.get(body, member) : undefined;

/** Undefined where it is none: a gateway's own page, for one. */
export function asJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
