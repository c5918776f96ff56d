import { GatewaySilent } from '../../core/gateway';
import type { Fetch } from './ask';
import type { FindCertificate } from './paypal-notice';

const kept = 10; // PayPal signs under one at a time, and changes it once a year
const longest = 20_000;

/** Fetches each certificate once. `url` is PayPal's: whoever calls has seen to that. */
export function certificatesFrom(fetch: Fetch): FindCertificate {
  const found = new Map<string, string>();
  return async (url) => {
    const known = found.get(url);
    if (known !== undefined) return known;
    const pem = await download(fetch, url);
    if (found.size >= kept) found.clear();
    found.set(url, pem);
    return pem;
  };
}

async function download(fetch: Fetch, url: string): Promise<string> {
  try {
    const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(5000) });
    const pem = response.ok ? await response.text() : '';
    if (pem !== '' && pem.length <= longest) return pem;
  } catch (error) {
    throw new GatewaySilent('no certificate of PayPal’s', { cause: error });
  }
  throw new GatewaySilent('no certificate of PayPal’s');
}
