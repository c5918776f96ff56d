import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { after, instant } from '@boxoffice/shared/kernel';
import { concertIn } from '../../test/drawn-hall';
import { balcony, capture, concert, eventId, noon, stalls } from '../../test/season';
import { couldHaveBeenServed, invite, memoryOf } from '../../test/one-process';
import type { AskedLine } from './choose-seats';
import { decideAdmission } from './admit-ticket';
import { decideBlocking } from './block-tickets';
import { decideGroup } from './book-group';
import { decideClaim } from './claim-part';
import { doorLimits } from './door';
import { Draft } from './draft';
import { endDue } from './end-due';
import { decideExtension } from './extend-hold';
import type { Line } from './hold';
import { decideHold } from './hold-tickets';
import { decideJoining } from './join-waiting-list';
import { decideLeaving } from './leave-waiting-list';
import { decideMerge } from './merge-scans';
import { makeOffers } from './offers';
import { decideOpening } from './open-sales';
import { decideGroupRelease } from './release-group';
import { decideRelease } from './release-hold';
import { SeatPlan } from './seat-plan';
import { decideRules } from './set-admission-rules';
import { decideOrder } from './settle-order';
import { Stock } from './stock';

const seal = ({ ticketId }: { ticketId: string }) => `signed ${ticketId}`;
const pooled = concertIn(['..._.', '....', 'a.'], {
  pools: [{ poolId: 'hall', name: 'Hall', capacity: 12 }],
  ticketTypes: concert().ticketTypes.map((type) => ({ ...type, poolId: 'hall', maxPerBuyer: 6 })),
});

const { organizerId } = pooled;
const who = { userId: organizerId, name: 'Olga', email: '' };
const gateId = 'main';
const open = {
  reEntry: true,
  gates: [{ gateId, name: 'Main' }],
  stewards: [],
  opensAt: instant('2027-01-01T00:00:00Z'),
};

const does = [
  'hold',
  'release',
  'capture',
  'extend',
  'resize',
  'admit',
  'merge',
  'block',
  'pass-on',
  'join',
  'leave',
  'group',
  'claim',
  'give-up',
] as const;
interface Deed {
  readonly does: (typeof does)[number];
  readonly buyer: string;
  readonly lines: readonly AskedLine[];
  readonly which: number;
}
const deedOf = (...some: readonly Deed['does'][]): fc.Arbitrary<Deed> =>
  fc.record({
    does: fc.constantFrom(...some),
    buyer: fc.constantFrom('ada', 'ben', 'cem'),
    lines: fc.constantFrom<readonly AskedLine[]>(
      [{ ticketTypeId: stalls, quantity: 2 }],
      [{ ticketTypeId: stalls, quantity: 2, together: true }],
      [{ ticketTypeId: stalls, quantity: 1, accessible: true }],
      [{ ticketTypeId: stalls, quantity: 2, seats: ['Parkett/1/1', 'Parkett/2/4'] }],
      [{ ticketTypeId: balcony, quantity: 1 }],
      [
        { ticketTypeId: stalls, quantity: 1 },
        { ticketTypeId: balcony, quantity: 1 },
      ],
    ),
    which: fc.nat({ max: 5 }),
  });
/** Until the next draft: at times so long that what has ended is forgotten. */
const minutes = fc.oneof({ weight: 4, arbitrary: fc.nat({ max: 12 }) }, fc.constant(24 * 60));
const deed = deedOf('hold', 'hold', 'join', 'group', 'claim', 'capture', 'capture', ...does);

function atTheGate(
  draft: Draft,
  does: 'admit' | 'merge' | 'block' | 'pass-on',
  which: number,
  minutes: number,
) {
  const ticketId = `${eventId}-010000001000-${1 + (which >> 1)}`;
  const verdict = {
    valid: true,
    keyId: 't',
    ticket: { ticketId, eventId, ticketTypeId: stalls, issue: 1 },
  } as const;
  const passage = { gateId, direction: which % 2 ? ('out' as const) : ('in' as const) };
  if (does === 'admit')
    decideAdmission(draft, { eventId, who, nonce: `${minutes % 3}`, ...passage }, verdict);
  else if (does === 'merge') {
    const claim = { ...passage, verdict, at: after(noon, { minutes: which }) };
    const scans = ['a', 'b'].map((nonce) => ({ ...claim, nonce: `${nonce}${which}` }));
    decideMerge(draft, { eventId, who, deviceId: eventId, scans });
  } else if (does === 'block')
    decideBlocking(
      draft,
      { eventId, organizerId, ticketId },
      true,
      draft.tickets.statusOf(ticketId).state === 'valid',
    );
  else {
    const from = { userId: 'ada', name: 'Ada', owner: { userId: 'ada' } };
    const note = {
      ticketId,
      ticketTypeId: stalls,
      orderId: 'o',
      eventId,
      from,
      to: { name: 'Ben', email: 'b' },
    };
    const issue = draft.tickets.issueOf(ticketId) + 1;
    draft.transfer({ key: `${minutes}`, fingerprint: 'f' }, { kind: 'transfer', ...note, issue, at: noon });
  }
}

const sizesOf = (lines: readonly AskedLine[]): readonly Line[] =>
  lines.map(({ ticketTypeId, quantity }) => ({ ticketTypeId, quantity }));

/** A draft of everything in turn; what is refused has changed nothing. */
function play(stock: Stock, minutes: number, deeds: readonly Deed[]): Draft {
  const draft = new Draft(stock, after(noon, { minutes }));
  endDue(draft, doorLimits);
  makeOffers(draft, doorLimits);
  for (const [i, { does, buyer, lines, which }] of deeds.entries()) {
    if (draft.hasFreed) makeOffers(draft, doorLimits);
    const holds = [...stock.holds.all()];
    const entries = [...stock.waiting.all()];
    const entry = entries[which % Math.max(1, entries.length)];
    const hold = holds[which % Math.max(1, holds.length)];
    const name = `${minutes}-${i}`;
    try {
      if (does === 'hold') {
        const mark = { key: name, fingerprint: 'f' };
        decideHold(draft, { eventId, userId: buyer, lines, mark }, { liveHoldsPerBuyer: 5 });
      } else if (does === 'join') {
        const { ticketTypeId, quantity } = lines.at(-1)!;
        const what = {
          eventId,
          ticketTypeId,
          quantity: quantity + which,
          mark: { key: name, fingerprint: 'f' },
        };
        decideJoining(draft, { ...what, holder: { userId: buyer, name: buyer, email: '' } });
      } else if (does === 'group') {
        const request = { eventId, userId: buyer, mark: { key: name, fingerprint: 'f' } };
        const parts = [{ lines: sizesOf(lines) }, { lines: sizesOf(lines.slice(-1)) }];
        decideGroup(draft, { ...request, parts }, { liveHoldsPerBuyer: 5 }, invite);
      } else if (does === 'claim') {
        if (!hold?.part) continue;
        const { groupId, number: part } = hold.part;
        decideClaim(
          draft,
          { groupId, part, invitation: invite(groupId, part), userId: buyer },
          { liveHoldsPerBuyer: 5 },
        );
      } else if (does === 'give-up') {
        const group = hold?.part && stock.groups.group(hold.part.groupId);
        if (group) decideGroupRelease(draft, group.groupId, group.userId);
      } else if (does === 'leave') {
        if (entry) decideLeaving(draft, entry.entryId, entry.userId);
      } else if (does === 'resize')
        decideOpening(draft, {
          ...pooled,
          version: (draft.event?.version ?? 0) + 1,
          pools: [{ poolId: 'hall', name: 'Hall', capacity: 4 + which }],
        });
      else if (does === 'admit' || does === 'merge' || does === 'block' || does === 'pass-on')
        atTheGate(draft, does, which, minutes);
      else if (!hold) continue;
      else if (does === 'release') decideRelease(draft, hold.holdId, hold.userId);
      else if (does === 'extend')
        decideExtension(draft, { holdId: hold.holdId, userId: hold.userId, key: name });
      else decideOrder(draft, capture(minutes * 100 + i, hold.holdId, hold.userId, hold.lines), seal);
    } catch (error) {
      expect(error).toHaveProperty('code');
    }
  }
  if (draft.hasFreed) makeOffers(draft, doorLimits);
  return draft;
}

const segmentOf = (stock: Stock, draft: Draft) => ({
  epoch: 1,
  sequence: stock.sequence + 1,
  commitId: 'c',
  at: draft.now,
  chain: 'h',
  moves: draft.moves,
});
/** As the plan has it that was there all along; a new one must say the same, and the counts as many. */
function hallOf({ seats, counts }: Stock): readonly string[] {
  const map = pooled.seatMap!;
  const [seen, fresh] = [seats.planOf(map), new SeatPlan(map, seats.all())].map((plan) =>
    [0, 1, 2].map((row) => plan.drawn(row)),
  );
  expect(seen).toEqual(fresh);
  const { held, sold } = counts.of(stalls)!;
  expect(fresh!.join('').replaceAll(/[^x]/g, '')).toHaveLength(held + sold);
  return fresh!;
}
const stateOf = (stock: Stock) => [
  memoryOf(stock),
  hallOf(stock),
  stock.counts.list,
  stock.counts.poolList,
  stock.holds.nextDue(),
  stock.admissions.tally(),
  stock.admissions.conflicts(true),
  stock.admissions.conflicts(false),
  [...stock.admissions.movedSince(0, 1000).ticketIds],
  [...stock.waiting.ticketTypes()].sort().map((id) => [...stock.waiting.waitingFor(id)]),
];
/** Pools, and doors that are open already. */
const opening = (stock: Stock): Draft => {
  const draft = new Draft(stock, noon);
  decideOpening(draft, pooled);
  decideRules(draft, { eventId, organizerId, seenVersion: '1' }, open);
  return draft;
};

describe("an event's stock", () => {
  it('is after a draft that was taken back as it was before, whatever the draft did', () => {
    const rounds = fc.array(fc.tuple(fc.array(deed, { maxLength: 6 }), minutes, fc.boolean()));
    fc.assert(
      fc.property(rounds, (all) => {
        const [stock, never] = [new Stock(eventId), new Stock(eventId)];
        let minutes = 0;
        const keep = (draft: Draft) => {
          const segment = segmentOf(stock, draft);
          stock.keep(segment);
          never.fold(segment);
          stock.event = never.event = draft.event;
          stock.rules = never.rules = draft.rules;
        };
        keep(opening(stock));
        for (const [deeds, later, kept] of all) {
          minutes += later;
          const draft = play(stock, minutes, deeds);
          if (kept) keep(draft);
          else stock.takeBack();
          // `never` has only ever seen what was kept.
          expect(stateOf(stock)).toEqual(stateOf(never));
          const due = after(noon, { minutes: minutes + 1000 });
          expect(stock.holds.firstDue(due)?.expiresAt).toEqual(never.holds.firstDue(due)?.expiresAt);
        }
      }),
    );
  });

  it('is known from its memories alone', () => {
    const rounds = fc.array(fc.tuple(fc.array(deed, { maxLength: 6 }), fc.nat({ max: 12 })), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(rounds, (all) => {
        const stock = new Stock(eventId);
        let minutes = 0;
        const first = opening(stock);
        stock.keep(segmentOf(stock, first));
        stock.event = first.event;
        stock.rules = first.rules;
        for (const [deeds, later] of all) {
          minutes += later;
          const draft = play(stock, minutes, deeds);
          stock.keep(segmentOf(stock, draft));
          stock.event = draft.event;
        }
        const recalled = new Stock(eventId);
        recalled.recall([...stock.remembered()]);
        expect(stateOf(recalled)).toEqual(stateOf(stock));
      }),
    );
  });

  it('leaves nothing free that the one who has waited longest could have', () => {
    let served = 0;
    const rounds = fc.array(
      fc.tuple(
        fc.array(
          deedOf('hold', 'hold', 'join', 'join', 'release', 'capture', 'resize', 'leave', 'give-up', 'group'),
          {
            maxLength: 6,
          },
        ),
        fc.nat({ max: 40 }),
      ),
      {
        maxLength: 8,
      },
    );
    fc.assert(
      fc.property(rounds, (all) => {
        const stock = new Stock(eventId);
        let minutes = 0;
        const opening = new Draft(stock, noon);
        decideOpening(opening, { ...pooled, pools: [{ poolId: 'hall', name: 'Hall', capacity: 2 }] });
        stock.keep(segmentOf(stock, opening));
        stock.event = opening.event;
        for (const [deeds, later] of all) {
          minutes += later;
          const draft = play(stock, minutes, deeds);
          served += draft.offers;
          stock.keep(segmentOf(stock, draft));
          stock.event = draft.event;
          expect(couldHaveBeenServed(stock)).toEqual([]);
        }
      }),
      { numRuns: 300 },
    );
    expect(served).toBeGreaterThan(30);
  });

  it('has one draft at a time', () => {
    const stock = new Stock(eventId);
    new Draft(stock, noon);
    expect(() => new Draft(stock, noon)).toThrow('one draft at a time');
    expect(() => [...stock.remembered()]).toThrow('a draft is no memory');
  });
});
