import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { composedServices } from '../composed/composed-services';
import { bill, timerRuns } from './bill';
import { withTables } from './page';
import { busOperationsEach, callsEach, quietUnitsEach } from './purchase';
import { sizes } from './sizes';
import { tables } from './tables';

const page = readFileSync(path.resolve(__dirname, '../../docs/operations/capacity.md'), 'utf8');
const everySeconds = composedServices().flatMap(({ timers }) => timers.map((timer) => timer.everySeconds));

describe('capacity.md', () => {
  it('has the sums of today’s code: npm run capacity writes them', () => {
    expect(withTables(page, tables(everySeconds))).toBe(page);
  });

  it('is seen to be wrong once a price, a timer or a cell is another', () => {
    expect(withTables(page, tables([...everySeconds, 5]))).not.toBe(page);
    expect(withTables(page.replace('**together**', '**in all**'), tables(everySeconds))).not.toBe(
      page.replace('**together**', '**in all**'),
    );
  });

  it('has a place for each table, and no other', () => {
    expect(() => withTables(page.replace('computed: month', 'computed: year'), tables(everySeconds))).toThrow(
      'year',
    );
    expect(() => withTables('', tables(everySeconds))).toThrow('no place for');
  });
});

describe('the arithmetic', () => {
  it.each(sizes)('of $name reckons with what the profile $profile says', ({ profile, asProfiled }) => {
    const profiles = readFileSync(path.resolve(__dirname, '../profiles.bicep'), 'utf8');
    const [, said = ''] = new RegExp(`^  ${profile}: \\{\\n([\\s\\S]*?)^  \\}`, 'm').exec(profiles) ?? [];
    for (const words of asProfiled) expect(said).toContain(words);
  });

  it('counts what a purchase takes by the topology: three facts, each heard by one', () => {
    expect([callsEach, busOperationsEach, quietUnitsEach]).toEqual([128, 9, 93.25]);
  });

  it('adds the runs of timers up over a month of 730 hours, none more often than the profile lets them', () => {
    expect(timerRuns([15, 3600], 0)).toBe(175_200 + 730);
    expect(timerRuns([15, 3600], 60)).toBe(43_800 + 730);
  });

  it('leaves free what is within a grant, and asks for the rest', () => {
    const [free] = sizes;
    const costs = (purchases: number): Record<string, number> =>
      Object.fromEntries(bill({ ...free!, purchases }, []).map(({ of, usd }) => [of, usd]));
    expect(costs(1)['API Management']).toBe(0);
    expect(costs(1)['Function Apps: running']).toBe(0);
    // 2,000,000 calls: a million beyond the first, at 3 dollars.
    expect(costs(15_625)['API Management']).toBeCloseTo(3, 10);
    // 100 operations more than 13 million are eight thousandths of a cent.
    const purchases = (13_000_000 + 100) / busOperationsEach;
    expect(costs(purchases)['Service Bus']! - costs(1)['Service Bus']!).toBeCloseTo(0.00008, 10);
  });
});
