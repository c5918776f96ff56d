import type { Client } from '@adyen/api-library';
import { GatewayRefused, GatewaySilent } from '../../core/gateway';
import { isRefusal } from './refusal';
import type { Fetch } from './ask';

type Transport = Client['httpClient'];

/** How the package reaches Adyen. Its own way takes no signal, so a call that is given up would go on. */
export const adyenTransport = (fetch: Fetch, signal: AbortSignal): Transport => ({
  async request(url, body, { apiKey }, _needsKey, { method, idempotencyKey } = {}) {
    const response = await fetch(url, {
      method: method ?? 'POST',
      headers: {
        'content-type': 'application/json',
        'x-api-key': apiKey ?? '',
        ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
      },
      ...(method === 'GET' ? {} : { body: body.toString() }),
      redirect: 'error',
      signal,
    });
    const text = await response.text();
    if (!response.ok) throw faultOf(response);
    return text;
  },
});

/** Where Adyen says that it may do better later, nothing is said yet. */
const faultOf = ({ status, headers }: Response): Error =>
  isRefusal(status) && headers.get('transient-error') !== 'true'
    ? new GatewayRefused(`adyen refused with ${status}`)
    : new GatewaySilent(`adyen answered ${status}`);
