import { AsyncLocalStorage } from 'node:async_hooks';
import type { HttpClient } from '@azure/core-rest-pipeline';

/**
 * What Cosmos DB last said during one call of ours. The SDK wraps a failed batch into an error that keeps its message
 * alone, so status and retry-after are taken down where they pass: at the HTTP client.
 */
export interface Answer {
  /** Undefined: nothing sent yet, or sent and never answered. */
  status?: number | undefined;
  /** 1002: the replica is behind the session. 1003: the container itself is missing. */
  substatus?: number | undefined;
  retryAfterMilliseconds?: number | undefined;
  /** Why a write, once sent, got no answer. */
  lost?: unknown;
}

const calls = new AsyncLocalStorage<{ readonly answer: Answer; readonly writes: boolean }>();

/** Runs one call to the SDK and takes down into `answer` what comes back over the wire. */
export const noting = <T>(answer: Answer, writes: boolean, call: () => Promise<T>): Promise<T> =>
  calls.run({ answer, writes }, call);

export const listening = (client: HttpClient): HttpClient => ({
  async sendRequest(request) {
    // An emulator's. The SDK allows it by itself, but not to a client with an agent of its own; a token is never sent so.
    if (request.url.startsWith('http:')) request.allowInsecureConnection = true;
    const call = calls.getStore();
    // A plan is asked for beside each query, whether or not it is needed in the end.
    if (call === undefined || request.headers.has('x-ms-cosmos-is-query-plan-request'))
      return client.sendRequest(request);
    const { answer } = call;
    const writing = call.writes && request.method === 'POST'; // addresses and ranges are asked for on the way
    // The first sending may have been applied: what a second one is told would hide that.
    if (writing && answer.lost !== undefined) throw answer.lost as Error;
    answer.status = undefined;
    try {
      const response = await client.sendRequest(request);
      answer.status = response.status;
      answer.substatus = numberIn(response.headers.get('x-ms-substatus'));
      answer.retryAfterMilliseconds = numberIn(response.headers.get('x-ms-retry-after-ms'));
      return response;
    } catch (error) {
      if (writing) answer.lost = error;
      throw error;
    }
  },
});

const numberIn = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : Number(text);
