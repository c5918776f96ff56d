import { describe, expect, it } from '@jest/globals';
import { idPattern, ulids } from './ids';
import { instant } from './instant';

const at = (text: string) => ({ now: () => instant(text), sleep: () => Promise.resolve() });
const highest = { bytes: (length: number) => new Uint8Array(length).fill(255) };

describe('ids', () => {
  it('sort in the order of making within one millisecond', () => {
    const ids = ulids(at('2027-01-01T00:00:00Z'), highest);
    const made = Array.from({ length: 2000 }, () => ids.next());
    expect([...made].sort()).toEqual(made);
    expect(new Set(made).size).toBe(made.length);
    for (const id of made) expect(id).toMatch(idPattern);
  });

  it('stay in order when the clock steps back', () => {
    let now = '2027-01-01T00:00:01Z';
    const ids = ulids({ now: () => instant(now), sleep: () => Promise.resolve() }, highest);
    const first = ids.next();
    now = '2027-01-01T00:00:00Z';
    expect(ids.next() > first).toBe(true);
  });
});
