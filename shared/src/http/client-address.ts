import { isIP } from 'node:net';
import type { RouteRequest } from './route';

/**
 * The address of whoever asks, as far as it can be believed: each proxy writes down who spoke to it, and only what the last
 * `proxies` of them (those that are ours) wrote is no invention of the caller's. IPv6 as its first 64 bits, which one customer has.
 * Undefined where there is none, and for addresses of a private network, behind which anybody may be.
 */
export function clientAddress(
  { headers, peer }: Pick<RouteRequest, 'headers' | 'peer'>,
  proxies: number,
): string | undefined {
  const told = (headers['x-forwarded-for'] ?? '').split(',').filter((part) => part.trim() !== '');
  const path = peer === undefined ? told : [...told, peer];
  const address = bare(path.at(-1 - proxies)?.trim() ?? '');
  if (isIP(address) === 4) return isPrivate4(address) ? undefined : address;
  return isIP(address) === 6 ? network6(address) : undefined;
}

/** `1.2.3.4:5678` and `[::1]:5678` without their ports; an IPv4 address within IPv6 as itself. */
function bare(text: string): string {
  const unported = /^\[(.+)\](:\d+)?$/.exec(text)?.[1] ?? text.replace(/^([\d.]+):\d+$/, '$1');
  return unported.replace(/^::ffff:(?=[\d.]+$)/i, '');
}

function isPrivate4(address: string): boolean {
  const [a = 0, b = 0] = address.split('.').map(Number);
  return (
    a === 10 ||
    a === 127 ||
    a === 0 ||
    (a === 172 && b >= 16 && b < 32) ||
    (a === 192 && b === 168) ||
    (a === 169 && b === 254) ||
    (a === 100 && b >= 64 && b < 128)
  );
}

/** `2001:db8::1` → `2001:db8:0:0::/64`. */
function network6(address: string): string | undefined {
  const [head = '', tail] = address.toLowerCase().replace(/%.*$/, '').split('::');
  const groups = (text: string): string[] => (text === '' ? [] : text.split(':'));
  const front = groups(head);
  const back = groups(tail ?? '');
  const all = tail === undefined ? front : [...front, ...zeros(8 - front.length - back.length), ...back];
  const first = Number.parseInt(all[0] ?? '0', 16);
  // Global unicast is 2000::/3; what is not has no meaning beyond its own network.
  if (first < 0x2000 || first > 0x3fff) return undefined;
  const network = all.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
  return `${network.join(':')}::/64`;
}

const zeros = (count: number): string[] => Array.from({ length: Math.max(0, count) }, () => '0');
