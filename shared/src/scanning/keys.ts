import { publicKeyFrom, type FindKey } from '../tokens';
import type { TicketKey } from './bundle';

/** Each key is made from its text once, when it is first asked for. */
export function findKeyAmong(keys: readonly TicketKey[]): FindKey {
  const texts = new Map(keys.map(({ kid, x }) => [kid, x]));
  const made = new Map<string, ReturnType<FindKey>>();
  return (keyId) => {
    const text = texts.get(keyId);
    if (text === undefined) return undefined;
    const key = made.get(keyId) ?? publicKeyFrom(text);
    made.set(keyId, key);
    return key;
  };
}
