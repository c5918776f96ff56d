import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createHttpHeaders } from '@azure/core-rest-pipeline';
import { gunzipSync } from 'node:zlib';
import { azureTelemetry, type ExportedTelemetry, type Transport } from '../src/platform/azure/insights';
import { machineClock } from '../src/platform/machine';

interface Exported {
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly data: { readonly baseType: string; readonly baseData: Readonly<Record<string, unknown>> };
}

const trace = '0af7651916cd43dd8448eb211c80319c';
const hex = (number: number): string => Math.floor(number).toString(16).padStart(8, '0');
const traceparent = `00-${trace}-b7ad6b7169203331-01`;
// Statistics about the exporter's use go to addresses of Microsoft's own: not from tests.
process.env['APPLICATION_INSIGHTS_NO_STATSBEAT'] = 'true';

describe('telemetry for Application Insights', () => {
  let openAs: (role: string, sample?: number) => ExportedTelemetry;
  let telemetry: ExportedTelemetry;
  let raw: string;
  let status: number;

  beforeEach(() => {
    raw = '';
    status = 200;
    // The exporters insist on TLS: what they hand to the network is caught before it.
    const transport: Transport = {
      sendRequest(request) {
        const body = request.body as string | Uint8Array;
        const text = typeof body === 'string' ? body : gunzipSync(body).toString();
        const items = JSON.parse(text) as unknown[];
        raw += items.map((item) => `${JSON.stringify(item)}\n`).join('');
        const bodyAsText = JSON.stringify({
          itemsReceived: items.length,
          itemsAccepted: items.length,
          errors: [],
        });
        return Promise.resolve({ request, status, headers: createHttpHeaders(), bodyAsText });
      },
    };
    const insights =
      'InstrumentationKey=00000000-0000-4000-8000-000000000000;IngestionEndpoint=https://insights.example/';
    openAs = (role, sample = 1) =>
      azureTelemetry({ insights, clientId: undefined, role, sample, transport }, machineClock);
    telemetry = openAs('ticket-inventory');
  });
  afterEach(() => telemetry.close());

  const exported = async (): Promise<Exported[]> => {
    await telemetry.flush();
    return raw
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Exported);
  };
  const ofType = (items: readonly Exported[], type: string) =>
    items.filter(({ data }) => data.baseType === type);

  it('exports spans within the trace that they continue, nested as they ran', async () => {
    await telemetry.span(
      'consume',
      { messageId: 'one' },
      () => telemetry.span('store', {}, () => Promise.resolve()),
      traceparent,
    );
    const spans = ofType(await exported(), 'RemoteDependencyData');
    const [inner, outer] = [
      spans.find(({ data }) => data.baseData['name'] === 'store')!,
      spans.find(({ data }) => data.baseData['name'] === 'consume')!,
    ];
    expect(outer.tags).toMatchObject({
      'ai.operation.id': trace,
      'ai.operation.parentId': 'b7ad6b7169203331',
      'ai.cloud.role': 'boxoffice.ticket-inventory',
    });
    expect(inner.tags['ai.operation.parentId']).toBe(outer.data.baseData['id']);
    expect(outer.data.baseData).toMatchObject({ success: true, properties: { messageId: 'one' } });
  });

  it('tells of spans and faults which route they belong to', async () => {
    const facts = { 'http.request.method': 'POST', 'http.route': '/holds' };
    await telemetry.span('http.server.request', facts, () => {
      telemetry.log.error('request failed', new Error('no room'), facts);
      return Promise.resolve();
    });
    const items = await exported();
    for (const type of ['RemoteDependencyData', 'ExceptionData'])
      expect(ofType(items, type)[0]?.data.baseData).toMatchObject({ properties: { route: 'POST /holds' } });
  });

  it('marks a span whose work failed, and passes the failure on', async () => {
    const failing = telemetry.span('timer', {}, () => Promise.reject(new RangeError('too late')));
    await expect(failing).rejects.toThrow('too late');
    expect(ofType(await exported(), 'RemoteDependencyData')[0]?.data.baseData).toMatchObject({
      success: false,
    });
  });

  it('exports log lines and faults with the span that they belong to', async () => {
    await telemetry.span(
      'consume',
      {},
      () => {
        telemetry.log.info('tickets issued', { count: 2 });
        telemetry.log.error('not stored', new RangeError('out of room'), { orderId: 'an-order' });
        return Promise.resolve();
      },
      traceparent,
    );
    const items = await exported();
    const [line] = ofType(items, 'MessageData');
    expect(line?.data.baseData).toMatchObject({
      message: 'tickets issued',
      severityLevel: 'Information',
      properties: { count: '2' },
    });
    const [fault] = ofType(items, 'ExceptionData');
    expect(fault?.data.baseData).toMatchObject({
      exceptions: [{ typeName: 'RangeError', message: 'out of room' }],
      properties: { orderId: 'an-order' },
    });
    expect([line?.tags['ai.operation.id'], fault?.tags['ai.operation.id']]).toEqual([trace, trace]);
  });

  it('exports counters and measurements with their facts', async () => {
    telemetry.count('tickets.issued', 2, { event: 'one' });
    telemetry.count('tickets.issued', 3, { event: 'one' });
    telemetry.measure('http.server.request.duration', 12, { route: 'POST /holds' });
    const metrics = ofType(await exported(), 'MetricData').map(({ data }) => data.baseData);
    expect(metrics).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          metrics: [expect.objectContaining({ name: 'tickets.issued', value: 5 })],
          properties: { event: 'one' },
        }),
        expect.objectContaining({
          metrics: [expect.objectContaining({ name: 'http.server.request.duration', value: 12, count: 1 })],
        }),
      ]),
    );
  });

  it('lets neither an e-mail address nor a token out, wherever they were put', async () => {
    const token = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ6b2UifQ.c2lnbmF0dXJlLW9mLXRoZS10b2tlbg';
    const leaks = {
      note: 'zoe@example.com',
      authorization: `Bearer ${token}`,
      link: `https://boxoffice.example/?access_token=${token}`,
    };
    const failing = telemetry.span(
      'consume',
      leaks,
      () => {
        telemetry.log.with(leaks).warn(`could not mail zoe@example.com with ${token}`, leaks);
        telemetry.count('mails', 1, leaks);
        telemetry.measure('mail.size', 1, leaks);
        const cause = new Error(`refused: ${token}`);
        telemetry.log.error(
          'not sent to zoe@example.com',
          new Error('no mailbox zoe@example.com', { cause }),
          leaks,
        );
        return Promise.reject(new Error(`zoe@example.com, Bearer ${token}`));
      },
      traceparent,
    );
    await expect(failing).rejects.toThrow();
    const types = new Set((await exported()).map(({ data }) => data.baseType));
    expect(types).toEqual(new Set(['RemoteDependencyData', 'MessageData', 'ExceptionData', 'MetricData']));
    expect(raw).not.toContain('zoe@');
    expect(raw).not.toContain(token);
    expect(raw).not.toContain('c2lnbmF0dXJl');
  });

  it('keeps what the caller left out: the Functions host leaves out whatever brings no trace of its own', async () => {
    await telemetry.span('consume', {}, () => Promise.resolve(), traceparent.replace(/01$/, '00'));
    const [span] = ofType(await exported(), 'RemoteDependencyData');
    expect(span?.tags['ai.operation.id']).toBe(trace);
  });

  it('keeps the share of traces that is asked for, each whole and in every app', async () => {
    const apps = ['ticket-inventory', 'payment-processing'].map((role) => openAs(role, 0.25));
    // Their last eight digits decide: here they are spread evenly.
    const ids = Array.from({ length: 200 }, (_, i) => `${trace.slice(0, 24)}${hex((i / 200) * 2 ** 32)}`);
    for (const app of apps)
      for (const id of ids)
        await app.span(
          'outer',
          {},
          () => app.span('inner', {}, () => Promise.resolve()),
          `00-${id}-b7ad6b7169203331-00`,
        );
    await Promise.all(apps.map((app) => app.flush()));
    const kept = new Map<string, number>();
    for (const { tags } of ofType(await exported(), 'RemoteDependencyData'))
      kept.set(tags['ai.operation.id'] ?? '', (kept.get(tags['ai.operation.id'] ?? '') ?? 0) + 1);
    expect(kept.size).toBe(50);
    expect(new Set(kept.values())).toEqual(new Set([4]));
    await Promise.all(apps.map((app) => app.close()));
  });

  it('does not disturb the work when nobody takes it', async () => {
    status = 400;
    expect(await telemetry.span('consume', {}, () => Promise.resolve('done'))).toBe('done');
    await telemetry.flush();
    expect(raw).not.toBe('');
  });

  it('hands out the traceparent of the span at hand', async () => {
    expect(telemetry.traceparent()).toBeUndefined();
    await telemetry.span(
      'consume',
      {},
      () => {
        expect(telemetry.traceparent()).toMatch(new RegExp(`^00-${trace}-[0-9a-f]{16}-01$`));
        return Promise.resolve();
      },
      traceparent,
    );
  });
});
