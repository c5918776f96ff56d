import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { paymentCaptured } from '@boxoffice/shared/contracts';
import { fates, isCrash } from '@boxoffice/shared/platform/simulated';
import { createHash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { bugNamed, bugs } from './bugs';
import { readOrders } from './orders';
import { Report } from './report';
import { simulate } from './run';

async function traceOf(seed: number): Promise<string> {
  const hash = createHash('sha256');
  await simulate({ seed, trace: (at, who, what) => hash.update(`${at} ${who} ${what}\n`) });
  return hash.digest('hex');
}

describe('a simulated season', () => {
  it('keeps every promise, whatever goes wrong, and meets what it is there to meet', async () => {
    const report = new Report();
    // The rarest of it, a payment made twice, was met in 9 of 200 runs: 40 can easily go without, 120 hardly.
    for (let seed = 1; seed <= 120; seed++) report.add(await simulate({ seed }));
    expect(report.broken).toEqual([]);
    const met = [
      'fault: crash after a call',
      'fault: crash before a call',
      'fault: write unanswered, lost',
      'fault: write unanswered, applied',
      'fault: write unanswered, applied-late',
      'fault: clock wrong',
      'fault: clock set',
      'fault: storm of 412',
      'fault: document 412 in a storm',
      'fault: document 429',
      'fault: sql deadlock',
      `fault: duplicated: ${paymentCaptured.type}`,
      'fault: message late',
      'fault: message lock lost',
      'fault: half published',
      'fault: request lost',
      'fault: answer lost',
      'fault: bank told nobody',
      'fault: bank told it again',
      `delivered again: ${paymentCaptured.type}`,
      'document PreconditionFailed',
      'connection broken by a crash',
      'hold refused: sold-out',
      'hold refused: seat-taken',
      'hold refused: seats-not-together',
      'hold refused: accessible-seats-gone',
      'hold refused: buyer-limit-reached',
      'hold refused: ticket-type-unknown',
      'holds extended',
      'tickets passed on',
      'signing keys replaced',
      'poisoned message',
      'orders fulfilled',
      'orders expired',
      'refunds no-stock-left',
      'refunds paid-twice',
      'refunds buyer-asked',
      'refunds event-cancelled',
      'refunds event-postponed',
      'refunds settled by hand',
      'refund refused: above-captured',
      'orders partly-refunded',
      'orders of a cancelled event, refunded',
      'orders with a discount',
      'orders with a gift card, fulfilled',
      'orders with a gift card, partly-refunded',
      'codes or cards refused',
      'fault: bank out of reach',
      'gateway left alone',
      'payments opened at the next gateway',
      'transfers came in',
      'credit unmatched: too-little',
      'credit unmatched: too-much',
      'credit unmatched: too-late',
      'credit unmatched: paid-twice',
      'credit unmatched: unknown-reference',
    ];
    expect(met.filter((what) => report.times(what) === 0)).toEqual([]);
  }, 120_000);

  it('is played again, event by event, from its seed', async () => {
    expect(await traceOf(3)).toBe(await traceOf(3));
    expect(await traceOf(4)).not.toBe(await traceOf(3));
  });
});

describe('one thing that goes wrong in a calm season', () => {
  const seed = 46;

  it('breaks no promise, wherever it happens', async () => {
    const { violations, calls, writes } = await simulate({ seed, mishap: 'none' });
    expect(violations).toEqual([]);
    const met = new Report();
    // A sample; --everywhere leaves nothing out.
    for (const [turn, fate] of fates.entries())
      for (let at = 1 + turn; at <= (isCrash(fate) ? calls : writes); at += isCrash(fate) ? 149 : 37)
        met.add(await simulate({ seed, mishap: { fate, at } }));
    expect(met.broken).toEqual([]);
    expect(met.times('fault: crash before a call')).toBeGreaterThan(10);
    expect(met.times('fault: write unanswered, lost')).toBeGreaterThan(5);
  }, 120_000);

  it('is seen where it does harm', async () => {
    const bug = bugNamed('unknown-taken-for-done');
    if (!bug) throw new Error('no such bug');
    const { writes } = await simulate({ seed, mishap: 'none', bug });
    const report = new Report();
    for (let at = 1; at <= writes && report.broken.length === 0; at++)
      report.add(await simulate({ seed, bug, mishap: { fate: 'lost', at } }));
    expect(report.broken).toHaveLength(1);
    expect(report.lines(1).join('\n')).toContain(`--seed ${seed} --mishap lost@`);
  });
});

describe('each planted bug', () => {
  it('has a name of its own', () => {
    expect(bugs.length).toBeGreaterThanOrEqual(60);
    expect(new Set(bugs.map(({ name }) => name)).size).toBe(bugs.length);
  });

  it.each(bugs.map((bug) => [bug.name, bug] as const))(
    'is found: %s',
    async (_, bug) => {
      for (let seed = 1; seed <= 1000; seed++)
        if ((await simulate({ seed, bug })).violations.length > 0) return;
      throw new Error(`not found: ${bug.what}`);
    },
    60_000,
  );

  it.each(bugs.flatMap((bug) => (bug.needs ? [[bug.needs, bug] as const] : [])))(
    'does no harm without its fault: %s',
    async (needs, bug) => {
      const weather = { ...bug.weather, [needs]: 0 };
      for (let seed = 1; seed <= 40; seed++)
        expect((await simulate({ seed, bug: { ...bug, weather } })).violations).toEqual([]);
    },
  );
});

describe('the command line', () => {
  it('is read whole', () => {
    expect(readOrders(['--seeds', '20', '--first', '7', '--workers', '3'])).toEqual({
      kind: 'seeds',
      first: 7,
      count: 20,
      bug: undefined,
      workers: 3,
    });
    expect(readOrders(['--seed', '9', '--bug', 'x', '--mishap', 'lost@12'])).toEqual({
      kind: 'story',
      seed: 9,
      bug: 'x',
      mishap: { fate: 'lost', at: 12 },
      everything: false,
    });
    const workers = availableParallelism();
    expect(readOrders(['--bugs'])).toEqual({ kind: 'bugs', first: 1, count: 1000, workers });
    expect(readOrders(['--everywhere', '--first', '3'])).toEqual({
      kind: 'everywhere',
      first: 3,
      count: 1,
      bug: undefined,
      workers,
    });
  });

  it('is refused where it says nothing that can be done', () => {
    expect(() => readOrders(['--seeds', 'many'])).toThrow('--seeds takes a whole number');
    expect(() => readOrders(['--seed', '1', '--mishap', 'sneeze@1'])).toThrow('--mishap takes one of');
    expect(() => readOrders(['--sneeze'])).toThrow();
  });
});
