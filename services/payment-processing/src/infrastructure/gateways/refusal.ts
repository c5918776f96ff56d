import type { Policy } from '@boxoffice/shared/resilience';
import { GatewayRefused } from '../../core/gateway';
import { ask } from './ask';

/** Whether a gateway that answers so has done nothing. A wrong key, a full queue or a repeat at the same time says nothing of the payment. */
export const isRefusal = (status: number | undefined): boolean =>
  status !== undefined &&
  status >= 400 &&
  status < 500 &&
  ![401, 403, 408, 409, 423, 424, 425, 429].includes(status);

/** One call through a gateway's package, whose errors have the status of the answer, where there was one. */
export const askPackage = <T>(
  policy: Policy,
  what: string,
  statusOf: (error: unknown) => number | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> =>
  ask(policy, what, async (signal) => {
    try {
      return await work(signal);
    } catch (error) {
      const status = statusOf(error);
      throw isRefusal(status)
        ? new GatewayRefused(`${what} was refused with ${status}`, { cause: error })
        : error;
    }
  });

/** Of a gateway whose pages capture at once. */
export const capturesAtOnce = (gateway: string): GatewayRefused =>
  new GatewayRefused(`${gateway}: its pages capture at once`);

/** A no says that it is too late for this, and a look-up then tells what became of it. */
export async function unlessRefused(asked: Promise<unknown>): Promise<void> {
  try {
    await asked;
  } catch (error) {
    if (!(error instanceof GatewayRefused)) throw error;
  }
}
