import type { Policy } from '@boxoffice/shared/resilience';
import { GatewayRefused, GatewayResting, GatewaySilent } from '../../core/gateway';

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/**
 * One call to a gateway, in the port's terms: what is not a plain refusal is silence, and what was never sent is said so.
 * `work` throws GatewayRefused where the gateway said no and nothing happened there; anything else that it throws proves nothing.
 */
export async function ask<T>(
  policy: Policy,
  what: string,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  let attempts = 0;
  try {
    return await policy.run((signal) => {
      attempts++;
      return work(signal).catch((error: unknown) => {
        throw inTermsOfThePort(error, what); // here, so that the policy counts silence as failure
      });
    });
  } catch (error) {
    // The breaker may open between two attempts: then the first one was sent.
    if (attempts === 0) throw new GatewayResting(`${what}: not asked`, { cause: error });
    throw inTermsOfThePort(error, what);
  }
}

const inTermsOfThePort = (error: unknown, what: string): Error =>
  error instanceof GatewayRefused || error instanceof GatewaySilent
    ? error
    : new GatewaySilent(`${what}: no answer that can be read`, { cause: error });

/** A call that comes after others: that it was not sent leaves open what those did. */
export async function afterOthers<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof GatewayResting) throw new GatewaySilent(error.message, { cause: error });
    throw error;
  }
}
