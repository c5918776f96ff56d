import { expect, it } from '@jest/globals';
import { MemoryContainer } from '../../test/memory-container';
import { oneProcess } from '../../test/one-process';
import { concert, noon } from '../../test/season';

it('keeps of an event what selling needs, and no terms of sale', async () => {
  const container = new MemoryContainer('inventory');
  const clock = { now: () => noon, sleep: () => Promise.resolve() };
  const { sales } = oneProcess(container, clock);
  const discounts = [{ discountId: 'd', name: 'd', off: { is: 'free' }, codes: ['hash'] }] as const;
  await sales.open({ ...concert(), terms: { tax: 'included', discounts } });
  const kept = JSON.stringify([...container.partitions.values()].map((documents) => [...documents]));
  expect(kept).toContain('Winterreise by candlelight');
  expect(kept).not.toContain('terms');
});
