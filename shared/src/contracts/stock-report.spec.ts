import { describe, expect, it } from '@jest/globals';
import { stockChain, stockReportVersion, verifyStockReport, type StockLine } from './stock-report';

const eventId = '01jv0h5c9n3yq8t6w2b4d7f1ga';
const commits: readonly (readonly [number, readonly StockLine[]])[] = [
  [
    1,
    [
      ['pool', 'hall', 5],
      ['capacity', 'stalls', 4, 'hall'],
      ['capacity', 'balcony', 3, 'hall'],
    ],
  ],
  [
    2,
    [
      ['held', 'a', ['stalls', 2, ['P/1/1', 'P/1/2']]],
      ['held', 'b', ['stalls', 1], ['balcony', 1]],
    ],
  ],
  [
    4,
    [
      ['confirmed', 'a', 'o1'],
      ['expired', 'b'],
    ],
  ],
  [
    5,
    [
      ['sold', 'o2', ['balcony', 3]],
      ['returned', 'o1', ['stalls', 1, ['P/1/1']]],
    ],
  ],
];
const totals = [
  { ticketTypeId: 'stalls', name: 'Stalls', capacity: 4, held: 0, sold: 1, available: 3 },
  { ticketTypeId: 'balcony', name: 'Balcony', capacity: 3, held: 0, sold: 3, available: 0 },
];
const pools = [{ poolId: 'hall', capacity: 5, taken: 4 }];

interface Changes {
  readonly commits?: readonly (readonly [number, readonly StockLine[]])[];
  readonly totals?: readonly object[];
  readonly pools?: readonly object[];
}

/** A report with a chain that holds. */
function report(changes: Changes = {}): string[] {
  let chain = eventId;
  const lines = (changes.commits ?? commits).map(([n, moves]) => {
    const at = `2027-01-05T12:00:0${n}.000Z`;
    chain = stockChain(chain, n, at, moves);
    return { n, at, moves, chain };
  });
  const ending = { totals: changes.totals ?? totals, pools: changes.pools ?? pools, chain };
  const opening = { report: stockReportVersion, eventId, title: 'Winterreise', madeAt: 'now' };
  return [opening, ...lines, ending].map((line) => JSON.stringify(line));
}
const faultsOf = (lines: readonly string[]) => verifyStockReport(lines.join('\n')).faults;
const plus = (...moves: readonly StockLine[]) => report({ commits: [...commits, [6, moves]] });

describe('a stock report', () => {
  it('adds up to what it ends with', () => {
    expect(verifyStockReport(report().join('\n'))).toEqual({
      faults: [],
      commits: 4,
      totals: [
        { ticketTypeId: 'stalls', held: 0, sold: 1 },
        { ticketTypeId: 'balcony', held: 0, sold: 3 },
      ],
    });
  });

  it('is broken by a line that was changed, left out, added or moved', () => {
    const lines = report();
    const changed = lines.map((line) => line.replace('"o1"', '"o9"'));
    expect(faultsOf(changed)).toContain('commit 4 breaks the chain');
    expect(faultsOf(lines.filter((_, i) => i !== 3))).toContain('commit 5 breaks the chain');
    expect(faultsOf([...lines.slice(0, 3), lines[2] ?? '', ...lines.slice(3)])).toContain(
      'commit 2 follows 2',
    );
    expect(faultsOf(lines.filter((_, i) => i !== 4))).toContain('the chain does not end as the report says');
  });

  it.each([
    ['more than there is', plus(['held', 'c', ['stalls', 4]]), /5 of stalls taken, of 4/],
    ['more than the pool has', plus(['held', 'c', ['stalls', 2]]), /more of pool hall/],
    ['a seat twice', plus(['held', 'c', ['stalls', 1, ['P/1/2']]]), /seat P\/1\/2 is taken twice/],
    ['the end of what has ended', plus(['released', 'b']), /hold b ended twice/],
    [
      'a hold that was made before',
      plus(['held', 'd', ['stalls', 1]], ['held', 'd', ['stalls', 0]]),
      /made before/,
    ],
  ])('shows %s, though its chain holds', (_, lines, fault) => {
    expect(faultsOf(lines).join()).toMatch(fault);
  });

  it('shows totals that are not the sum, of ticket types and pools', () => {
    const [stalls, balcony] = totals;
    expect(faultsOf(report({ totals: [{ ...stalls, sold: 2 }, { ...balcony }] })).join()).toMatch(
      /stalls adds up/,
    );
    expect(faultsOf(report({ totals: [{ ...stalls }] })).join()).toMatch(/balcony adds up/);
    expect(faultsOf(report({ totals: [{ ...stalls, available: 2 }, { ...balcony }] })).join()).toMatch(
      /sold \+ held \+ available/,
    );
    expect(faultsOf(report({ pools: [] })).join()).toMatch(/pool hall adds up to 4/);
  });

  it('counts capacity that could not shrink as far as asked as what is taken', () => {
    const shrunk = plus(['capacity', 'balcony', 1, 'hall']);
    expect(faultsOf(shrunk)).toEqual([]);
  });

  it('is told from any other text', () => {
    expect(() => verifyStockReport('{"a":1}\n{"b":2}')).toThrow('no boxoffice-stock.v1');
    expect(() => verifyStockReport('')).toThrow('no boxoffice-stock.v1');
    expect(() => verifyStockReport('<html>')).toThrow();
  });
});
