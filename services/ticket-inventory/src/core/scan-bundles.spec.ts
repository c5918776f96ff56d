import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { after } from '@boxoffice/shared/kernel';
import { concert, eventId, noon, stalls } from '../../test/season';
import { Draft } from './draft';
import type { Move } from './move';
import { changesSince, type BundleCursor } from './scan-bundles';
import { Stock } from './stock';

const who = { userId: concert().organizerId, name: 'Olga', email: '' };
const ticketId = (number: number): string => `${eventId}-010000001000-${1 + number}`;

const move: fc.Arbitrary<(nonce: string) => Move> = fc
  .tuple(fc.nat({ max: 5 }), fc.constantFrom('in', 'out', 'blocked', 'unblocked'), fc.nat({ max: 9 }))
  .map(([number, does, minutes]) => (nonce): Move => {
    if (does === 'blocked' || does === 'unblocked') return { kind: does, ticketId: ticketId(number) };
    const passage = { nonce, at: after(noon, { minutes }), direction: does, gateId: 'main' };
    const ticket = { ticketId: ticketId(number), ticketTypeId: stalls };
    return { kind: 'scanned', scan: { ...passage, passed: true, ticket } };
  });
const history = fc.array(fc.array(move, { maxLength: 4 }), { maxLength: 8 });

function stockAfter(commits: readonly (readonly ((nonce: string) => Move)[])[]): Stock {
  const stock = new Stock(eventId);
  stock.event = concert();
  commits.forEach((moves, i) =>
    stock.fold({
      ...{ epoch: 1, sequence: i + 1, commitId: 'c', at: noon, chain: 'h' },
      moves: moves.map((make, k) => make(`${i}-${k}`)),
    }),
  );
  return stock;
}

describe('what a scanner hears', () => {
  it('page by page and from any cursor on is what is true, of every ticket with which something happened', () => {
    fc.assert(
      fc.property(history, fc.nat({ max: 8 }), fc.integer({ min: 1, max: 4 }), (commits, known, most) => {
        const draft = new Draft(stockAfter(commits), noon);
        const [statuses, admissions] = [new Map<string, object>(), new Map<string, object>()];
        const begin = Math.min(known, commits.length);
        let cursor: BundleCursor = { epoch: 1, sequence: begin };
        for (let pages = 1; ; pages++) {
          const page = changesSince(draft, who, cursor, most);
          for (const each of page.tickets) statuses.set(each.ticketId, each);
          for (const each of page.admissions) admissions.set(each.ticketId, each);
          if (page.isComplete) break;
          expect(page.upTo.sequence).toBeGreaterThan(cursor.sequence);
          expect(pages).toBeLessThanOrEqual(commits.length);
          cursor = page.upTo;
        }
        for (const make of commits.slice(begin).flat()) {
          const made = make('');
          if (made.kind === 'blocked' || made.kind === 'unblocked')
            expect(statuses.get(made.ticketId)).toMatchObject(draft.tickets.statusOf(made.ticketId));
          else if (made.kind === 'scanned') {
            const id = made.scan.ticket?.ticketId ?? '';
            const { isInside, admitted, last } = draft.admissions.accountOf(id);
            expect(admissions.get(id)).toEqual(
              admitted && {
                ...{ ticketId: id, isInside, gateId: 'main' },
                admittedAt: admitted.at,
                lastAt: last?.at,
              },
            );
          }
        }
      }),
    );
  });

  it('is everything, for a cursor of another log', () => {
    const scan = (nonce: string): Move => ({
      kind: 'scanned',
      scan: {
        ...{ nonce, at: noon, direction: 'in', gateId: 'main', passed: true },
        ticket: { ticketId: ticketId(1), ticketTypeId: stalls },
      },
    });
    const draft = new Draft(stockAfter([[scan], []]), noon);
    const cursors = [undefined, { epoch: 2, sequence: 2 }, { epoch: 1, sequence: 3 }];
    for (const cursor of cursors) expect(changesSince(draft, who, cursor).admissions).toHaveLength(1);
    expect(changesSince(draft, who, { epoch: 1, sequence: 2 }).admissions).toEqual([]);
  });
});
