import { describe, expect, it } from '@jest/globals';
import type { Facts, Log, Telemetry } from '../telemetry';
import { policy, type PolicySettings } from './policy';

class Watched implements Telemetry {
  readonly counted: string[] = [];
  readonly said: string[] = [];
  readonly log: Log = {
    debug: (message) => this.said.push(message),
    info: (message) => this.said.push(message),
    warn: (message) => this.said.push(message),
    error: (message) => this.said.push(message),
    with: () => this.log,
  };
  count(name: string, _value?: number, facts?: Facts): void {
    this.counted.push([name, facts?.['dependency'], facts?.['reason']].filter(Boolean).join(' '));
  }
  measure(): void {
    this.counted.push('measured');
  }
  span<T>(_name: string, _facts: Facts, work: () => Promise<T>): Promise<T> {
    return work();
  }
  traceparent(): undefined {
    return undefined;
  }
}

const settings: PolicySettings = {
  name: 'gateway',
  timeoutMilliseconds: 50,
  delayMilliseconds: { first: 1, most: 5 },
  isTransient: (error) => (error as Error).message === 'not now',
};
const notNow = () => Promise.reject(new Error('not now'));

describe('a policy', () => {
  it('tries again what may be tried again, so often as it is told, and hands out the last error', async () => {
    const telemetry = new Watched();
    let calls = 0;
    const third = () => (++calls < 3 ? notNow() : Promise.resolve('done'));
    await expect(policy({ ...settings, retries: 2 }, telemetry).run(third)).resolves.toBe('done');
    expect(calls).toBe(3);
    await expect(
      policy({ ...settings, retries: 2 }, telemetry).run(() => (calls++, notNow())),
    ).rejects.toThrow('not now');
    expect(calls).toBe(6);
    expect(telemetry.counted).toContain('dependency.failures gateway failed');
  });

  it('tries nothing again that is the fault of the caller, or that no one said may be', async () => {
    let calls = 0;
    const refused = () => (calls++, Promise.reject(new Error('card declined')));
    await expect(policy({ ...settings, retries: 5 }, new Watched()).run(refused)).rejects.toThrow(
      'card declined',
    );
    await expect(policy(settings, new Watched()).run(() => (calls++, notNow()))).rejects.toThrow('not now');
    expect(calls).toBe(2);
  });

  it('waits no longer than it is told, and tells the work to stop', async () => {
    const telemetry = new Watched();
    let signal: AbortSignal | undefined;
    const silence = (given: AbortSignal) => {
      signal = given;
      return new Promise<never>(() => undefined);
    };
    await expect(policy(settings, telemetry).run(silence)).rejects.toMatchObject({
      dependency: 'gateway',
      reason: 'timed-out',
    });
    expect(signal?.aborted).toBe(true);
    expect(telemetry.counted).toEqual([
      'dependency.timeouts gateway',
      'dependency.failures gateway timed-out',
    ]);
  });

  it('leaves alone what fails in a row, and takes it back once it answers', async () => {
    const telemetry = new Watched();
    const guarded = policy({ ...settings, breaker: { failures: 2, restMilliseconds: 30 } }, telemetry);
    await expect(guarded.run(notNow)).rejects.toThrow('not now');
    await expect(guarded.run(notNow)).rejects.toThrow('not now');
    let asked = false;
    await expect(guarded.run(async () => (asked = true))).rejects.toMatchObject({ reason: 'resting' });
    expect(asked).toBe(false);
    await new Promise((resolve) => setTimeout(resolve, 40));
    await expect(guarded.run(async () => 'here again')).resolves.toBe('here again');
    expect(telemetry.said).toEqual(['dependency failing, left alone', 'dependency answers again']);
  });

  it('does not knock again and again at what it leaves alone', async () => {
    const telemetry = new Watched();
    const guarded = policy(
      {
        ...settings,
        isTransient: () => true,
        retries: 3,
        breaker: { failures: 1, restMilliseconds: 10_000 },
      },
      telemetry,
    );
    await expect(guarded.run(notNow)).rejects.toMatchObject({ reason: 'resting' });
    const retries = () =>
      telemetry.counted.filter((counted) => counted.startsWith('dependency.retries')).length;
    const before = retries();
    await expect(guarded.run(notNow)).rejects.toMatchObject({ reason: 'resting' });
    expect(retries()).toBe(before);
  });

  it('is not opened by refusals of the caller', async () => {
    const guarded = policy(
      { ...settings, breaker: { failures: 1, restMilliseconds: 10_000 } },
      new Watched(),
    );
    for (let i = 0; i < 3; i++)
      await expect(guarded.run(() => Promise.reject(new Error('card declined')))).rejects.toThrow('declined');
    await expect(guarded.run(async () => 'open')).resolves.toBe('open');
  });

  it('lets so many in at once, so many wait, and turns the rest away unasked', async () => {
    const guarded = policy({ ...settings, bulkhead: { atOnce: 2, waiting: 1 } }, new Watched());
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    let underWay = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, ++underWay);
      await gate;
      underWay--;
      return 'served';
    };
    const calls = [guarded.run(work), guarded.run(work), guarded.run(work)];
    await expect(guarded.run(work)).rejects.toMatchObject({ reason: 'full' });
    release();
    await expect(Promise.all(calls)).resolves.toEqual(['served', 'served', 'served']);
    expect(most).toBe(2);
  });
});
