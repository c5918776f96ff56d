import type Razorpay from 'razorpay';
import type { RazorpaySettings } from './razorpay-settings';

/** How the package calls, which it shows and does not describe: axios. */
interface Calls {
  readonly defaults: { baseURL: string };
  readonly interceptors: {
    readonly request: { use(change: (request: Request) => Request): void };
  };
}
interface Request {
  signal?: AbortSignal;
  readonly headers: { set(name: string, value: string): void };
}

/**
 * The package with two things that it lacks: calls that are given up end, and a refund carries its idempotency key
 * (https://razorpay.com/docs/api/refunds/normal-refunds-idempotent).
 */
export async function loadRazorpay({ keyId, keySecret, url }: RazorpaySettings) {
  const { default: Package } = await import('razorpay');
  return (signal: AbortSignal, idempotencyKey?: string): Razorpay => {
    const razorpay = new Package({ key_id: keyId, key_secret: keySecret });
    const { rq } = razorpay.api as unknown as { readonly rq: Calls };
    rq.defaults.baseURL = url;
    rq.interceptors.request.use((request) => {
      if (idempotencyKey !== undefined) request.headers.set('X-Refund-Idempotency', idempotencyKey);
      request.signal = signal;
      return request;
    });
    return razorpay;
  };
}
