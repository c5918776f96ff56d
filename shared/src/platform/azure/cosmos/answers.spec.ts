import {
  createHttpHeaders,
  createPipelineRequest,
  type HttpClient,
  type HttpMethods,
} from '@azure/core-rest-pipeline';
import { describe, expect, it } from '@jest/globals';
import { listening, noting, type Answer } from './answers';

const broken = new Error('the line went dead');

/** Answers with these statuses in turn; 0: not at all. */
function answering(...statuses: readonly number[]): HttpClient & { sent: number } {
  return {
    sent: 0,
    async sendRequest(request) {
      const status = statuses[this.sent++] ?? 200;
      if (status === 0) throw broken;
      const headers = createHttpHeaders({ 'x-ms-substatus': '1002', 'x-ms-retry-after-ms': '12' });
      return { status, headers, request, bodyAsText: '' };
    },
  };
}

const asked = (method: HttpMethods, headers: Record<string, string> = {}) =>
  createPipelineRequest({ url: 'https://example.org/', method, headers: createHttpHeaders(headers) });

describe('what Cosmos DB answers', () => {
  it('is taken down, the latest', async () => {
    const client = listening(answering(429, 404));
    const answer: Answer = {};
    await noting(answer, false, () => client.sendRequest(asked('GET')));
    expect(answer).toEqual({ status: 429, substatus: 1002, retryAfterMilliseconds: 12 });
    await noting(answer, false, () => client.sendRequest(asked('GET')));
    expect(answer.status).toBe(404);
  });

  it('to a query plan is nobody’s concern', async () => {
    const client = listening(answering(400));
    const answer: Answer = {};
    const plan = asked('POST', { 'x-ms-cosmos-is-query-plan-request': 'True' });
    await noting(answer, false, () => client.sendRequest(plan));
    expect(answer).toEqual({});
  });

  it('to a write may be silence: then it is not sent again, however the SDK tries', async () => {
    const server = answering(0, 409);
    const client = listening(server);
    await noting({}, true, async () => {
      for (let attempt = 0; attempt < 3; attempt++)
        await expect(client.sendRequest(asked('POST'))).rejects.toBe(broken);
    });
    expect(server.sent).toBe(1);
  });

  it('to a read may be silence: then it is asked again, also on the way to a write', async () => {
    for (const writes of [false, true]) {
      const client = listening(answering(0, 200));
      await noting({}, writes, async () => {
        await expect(client.sendRequest(asked('GET'))).rejects.toBe(broken);
        expect((await client.sendRequest(asked('GET'))).status).toBe(200);
      });
    }
  });

  it('goes by unencrypted only where the address says so', async () => {
    const request = createPipelineRequest({ url: 'http://127.0.0.1/' });
    const safe = asked('GET');
    const client = listening(answering());
    await client.sendRequest(request);
    await client.sendRequest(safe);
    expect([request.allowInsecureConnection, safe.allowInsecureConnection]).toEqual([true, false]);
  });
});
