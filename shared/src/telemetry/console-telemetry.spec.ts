import { beforeEach, describe, expect, it } from '@jest/globals';
import { instant } from '../kernel';
import { consoleTelemetry, type ConsoleTelemetryOptions } from './console-telemetry';
import { levelOf } from './redacting-log';
import { parseTraceparent } from './trace-context';

let lines: string[];
beforeEach(() => {
  lines = [];
});
const open = (options: Partial<ConsoleTelemetryOptions> = {}) =>
  consoleTelemetry({
    clock: { now: () => instant('2027-01-01T00:00:00Z') },
    write: (line) => lines.push(line),
    ...options,
  });
const written = () => lines.map((line) => JSON.parse(line) as Record<string, unknown>);

describe('the log', () => {
  it('is one line of JSON each, with the facts of all above it', () => {
    open()
      .log.with({ service: 'ticket-inventory' })
      .info('tickets held', { quantity: 2, note: 'two\nlines' });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^\{.*\}\n$/);
    expect(written()[0]).toEqual({
      time: '2027-01-01T00:00:00.000Z',
      level: 'info',
      message: 'tickets held',
      service: 'ticket-inventory',
      quantity: 2,
      note: 'two\nlines',
    });
  });

  it('holds nothing below its level', () => {
    const { log } = open({ level: 'warn' });
    log.debug('a');
    log.info('b');
    log.warn('c');
    log.error('d', new Error('e'));
    expect(written().map(({ message }) => message)).toEqual(['c', 'd']);
    expect([levelOf('debug'), levelOf(undefined), levelOf('toString')]).toEqual(['debug', 'info', 'info']);
  });

  it('keeps stacks and causes, and nothing personal in them', () => {
    const cause = Object.assign(new TypeError('no box ada@example.org'), {
      body: { card: '4242424242424242' },
    });
    open().log.error('mail of ada@example.org not sent', new Error('gave up on ada@example.org', { cause }), {
      to: 'ada@example.org',
    });
    expect(written()[0]).toMatchObject({
      level: 'error',
      error: { name: 'Error', message: 'gave up on [e-mail]', cause: { name: 'TypeError' } },
    });
    expect(lines[0]).toContain('console-telemetry.spec');
    expect(lines[0]).not.toMatch(/ada@|4242/);
  });

  it('takes whatever is thrown', () => {
    open().log.error('odd', 'just text');
    open().log.error('odd', undefined);
    expect(written().map(({ error }) => error)).toEqual([
      { name: 'string', message: 'just text' },
      { name: 'undefined', message: 'undefined' },
    ]);
  });

  it('lets no fact pass for a member of the line', () => {
    open().log.info('true', { level: 'error', time: 'never', message: 'false', traceId: 'x' });
    expect(written()[0]).toMatchObject({ level: 'info', message: 'true', time: '2027-01-01T00:00:00.000Z' });
  });
});

describe('a span', () => {
  const remote = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

  it('continues the trace it is handed, and all within belongs to it', async () => {
    const telemetry = open();
    const inner = await telemetry.span(
      'request',
      {},
      async () => {
        telemetry.log.info('first');
        await new Promise((resolve) => setImmediate(resolve));
        return telemetry.span('query', {}, async () => {
          telemetry.log.info('second');
          return telemetry.traceparent();
        });
      },
      remote,
    );
    const [first, second] = written();
    expect([first?.['traceId'], second?.['traceId']]).toEqual([
      '4bf92f3577b34da6a3ce929d0e0e4736',
      '4bf92f3577b34da6a3ce929d0e0e4736',
    ]);
    expect(first?.['spanId']).not.toBe('00f067aa0ba902b7');
    expect(second?.['spanId']).not.toBe(first?.['spanId']);
    expect(inner).toBe(`00-4bf92f3577b34da6a3ce929d0e0e4736-${String(second?.['spanId'])}-01`);
    expect(telemetry.traceparent()).toBeUndefined();
  });

  it('keeps traces apart that run at once', async () => {
    const telemetry = open();
    const seen = await Promise.all(
      Array.from({ length: 50 }, () =>
        telemetry.span('request', {}, async () => {
          const before = telemetry.traceparent();
          await new Promise((resolve) => setTimeout(resolve, 1));
          expect(telemetry.traceparent()).toBe(before);
          return before;
        }),
      ),
    );
    expect(new Set(seen).size).toBe(50);
    for (const traceparent of seen)
      expect(parseTraceparent(traceparent ?? '')).toMatchObject({ sampled: true });
  });

  it.each([
    'garbage',
    '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7',
    '00-00000000000000000000000000000000-00f067aa0ba902b7-01',
    '00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01',
    '00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01',
    'ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
    '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more',
  ])('begins a trace of its own where it is handed %s', async (traceparent) => {
    const telemetry = open();
    const own = await telemetry.span('request', {}, async () => telemetry.traceparent(), traceparent);
    expect(own).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    expect(own).not.toContain('4bf92f');
  });

  it('reads versions to come by what they share with this one', () => {
    expect(parseTraceparent('01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-03-more')).toEqual({
      traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
      spanId: '00f067aa0ba902b7',
      sampled: true,
    });
  });

  it('is written at debug, with how it ended', async () => {
    const telemetry = open({ level: 'debug' });
    await telemetry.span('good', { route: '/holds', email: 'ada@example.org' }, async () => 1);
    await expect(telemetry.span('bad', {}, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(written()).toMatchObject([
      { level: 'debug', message: 'span', span: 'good', route: '/holds', email: '[redacted]' },
      { span: 'bad', error: { message: 'no' } },
    ]);
    expect(typeof written()[0]?.['milliseconds']).toBe('number');
  });

  it('is written for the share of traces that is asked for, and for those that others sample', async () => {
    const telemetry = open({ level: 'debug', sample: 0.25 });
    for (let i = 0; i < 8; i++) await telemetry.span('own', {}, async () => undefined);
    expect(lines).toHaveLength(2);
    await telemetry.span('theirs', {}, async () => undefined, remote);
    expect(lines).toHaveLength(3);
    await telemetry.span('not theirs', {}, async () => undefined, remote.replace(/01$/, '00'));
    expect(lines).toHaveLength(3);
  });
});

describe('metrics', () => {
  it('are counted and measured by their facts', () => {
    const telemetry = open();
    telemetry.count('tickets.issued', 3, { event: 'e"1' });
    telemetry.count('tickets.issued', 2, { event: 'e"1' });
    telemetry.count('retries');
    for (const milliseconds of [0.5, 5, 5.1, 99_999])
      telemetry.measure('http.server.request.duration', milliseconds, { route: '/holds' });
    const text = telemetry.metricsText();
    expect(text).toContain('# TYPE tickets_issued_total counter\ntickets_issued_total{event="e\\"1"} 5\n');
    expect(text).toContain('retries_total 1\n');
    expect(text).toContain('http_server_request_duration_bucket{route="/holds",le="1"} 1\n');
    expect(text).toContain('http_server_request_duration_bucket{route="/holds",le="5"} 2\n');
    expect(text).toContain('http_server_request_duration_bucket{route="/holds",le="10000"} 3\n');
    expect(text).toContain('http_server_request_duration_bucket{route="/holds",le="+Inf"} 4\n');
    expect(text).toContain('http_server_request_duration_count{route="/holds"} 4\n');
    expect(text).toContain('http_server_request_duration_sum{route="/holds"} 100009.6\n');
  });

  it('do not grow without end when ids get into facts', () => {
    const telemetry = open();
    for (let i = 0; i < 5000; i++) telemetry.count('holds', 1, { holdId: i });
    const rows = telemetry
      .metricsText()
      .split('\n')
      .filter((line) => line.startsWith('holds_total'));
    expect(rows.length).toBeLessThanOrEqual(2001);
    expect(rows.reduce((sum, row) => sum + Number(row.split(' ')[1]), 0)).toBe(5000);
  });
});
