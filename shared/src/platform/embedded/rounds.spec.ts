import { describe, expect, it } from '@jest/globals';
import { setTimeout as wait } from 'node:timers/promises';
import { Rounds } from './rounds';

describe('rounds', () => {
  it('begin at once and come again after the time that each answers', async () => {
    let runs = 0;
    const rounds = new Rounds(async () => (++runs < 3 ? 1 : 60_000));
    while (runs < 3) await wait(1);
    await wait(20);
    await rounds.stop();
    expect(runs).toBe(3);
  });

  it('are never two at once, however often they are woken, and miss no call', async () => {
    let inside = 0;
    let most = 0;
    let runs = 0;
    const rounds = new Rounds(async () => {
      most = Math.max(most, ++inside);
      runs++;
      await wait(5);
      inside--;
      return 60_000;
    });
    for (let call = 0; call < 10; call++) rounds.wake();
    await wait(40);
    await rounds.stop();
    expect([most, runs]).toEqual([1, 2]);
  });

  it('stop once the one under way has ended', async () => {
    let ended = false;
    const rounds = new Rounds(async () => {
      await wait(20);
      ended = true;
      return 0;
    });
    await rounds.stop();
    expect(ended).toBe(true);
  });
});
