import { beforeEach, describe, expect, it } from '@jest/globals';
import { after } from '@boxoffice/shared/kernel';
import type { HoldClaims } from '@boxoffice/shared/tokens';
import { HoldTokens } from '../src/core/hold-tokens';
import type { HoldSeal } from '../src/core/ports';
import { MemoryContainer } from './memory-container';
import { oneProcess, type OneProcess } from './one-process';
import { concert, eventId, SetClock, stalls } from './season';

let container: MemoryContainer;
let clock: SetClock;
let process: OneProcess;
let sealings: (readonly HoldClaims[])[];
let reads: number;

const seal: HoldSeal = (holds) => {
  sealings.push(holds);
  const names = holds.map(({ holdId, expiresAt }) => `${holdId}@${expiresAt}`).join();
  return (at) => `${at} of ${names}`;
};
const tokensIn = ({ doors, records }: OneProcess): HoldTokens => new HoldTokens(doors, records);
const oneHold = async (userId: string) => {
  const request = { eventId, userId, lines: [{ ticketTypeId: stalls, quantity: 1 }] };
  return (await process.holds.hold({ ...request, mark: { key: userId, fingerprint: 'f' } })).hold;
};
/** In one commit: they wait while the door serves somebody else. */
const holdTogether = async (count: number, of: string) => {
  const before = process.doors.ask(eventId, () => undefined);
  const holds = Array.from({ length: count }, (_, i) => oneHold(`${of}-${i}`));
  await before;
  return Promise.all(holds);
};
const sealAll = async (tokens: HoldTokens, holds: Awaited<ReturnType<typeof holdTogether>>) =>
  Promise.all(holds.map((hold) => tokens.of(hold, seal)));

beforeEach(async () => {
  container = new MemoryContainer('inventory');
  clock = new SetClock();
  process = oneProcess(container, clock);
  sealings = [];
  reads = 0;
  const list = container.list.bind(container);
  container.list = (...asked) => {
    reads++;
    return list(...asked);
  };
  await process.sales.open(concert({}, [1000, 1]));
});

describe('the tokens of holds', () => {
  it('that one commit made are sealed at once, from memory', async () => {
    const holds = await holdTogether(20, 'a');
    reads = 0;
    const tokens = await sealAll(tokensIn(process), holds);
    expect(sealings.map((sealed) => sealed.length)).toEqual([20]);
    expect(new Set(tokens).size).toBe(20);
    expect(reads).toBe(0);
  });

  it('are the same in a process that never saw the commit, which reads it once', async () => {
    const holds = await holdTogether(20, 'a');
    const here = await sealAll(tokensIn(process), holds);
    reads = 0;
    expect(await sealAll(tokensIn(oneProcess(container, clock)), holds)).toEqual(here);
    expect(reads).toBe(1);
  });

  it('are the same once the commit is long past, and what is kept of the past is bounded', async () => {
    const tokens = tokensIn(process);
    const first = await holdTogether(2, 'first');
    const before = await sealAll(tokens, first);
    for (let i = 0; i < 40; i++) await sealAll(tokens, await holdTogether(1, `later-${i}`));
    reads = 0;
    expect(await sealAll(tokens, first)).toEqual(before);
    expect(reads).toBe(1);
  });

  it('are of the holds alone, whatever else the commit did', async () => {
    await oneHold('early');
    clock.pass(16); // it expires in the next commit
    const hold = await oneHold('late');
    expect(hold.holdId.slice(-3)).toBe('001');
    await sealAll(tokensIn(process), [hold]);
    expect(sealings.map((sealed) => sealed.map(({ holdId }) => holdId))).toEqual([[hold.holdId]]);
  });

  it('of a hold whose time has been changed since speak of the new time', async () => {
    const [hold] = await holdTogether(2, 'a');
    if (!hold) throw new Error('no hold');
    const later = { ...hold, expiresAt: after(hold.expiresAt, { minutes: 5 }) };
    const tokens = tokensIn(process);
    expect(await tokens.of(later, seal)).toBe(`0 of ${hold.holdId}@${later.expiresAt}`);
    expect(await tokens.of(hold, seal)).toContain('@2027-01-05T12:15:00.000Z,');
  });

  it('can be asked for again after the records could not be read', async () => {
    const holds = await holdTogether(1, 'a');
    const elsewhere = tokensIn(oneProcess(container, clock));
    const list = container.list.bind(container);
    container.list = () => Promise.reject(new Error('no records'));
    await expect(sealAll(elsewhere, holds)).rejects.toThrow('no records');
    container.list = list;
    expect(await sealAll(elsewhere, holds)).toHaveLength(1);
  });
});
