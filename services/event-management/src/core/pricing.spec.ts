import { describe, expect, it } from '@jest/globals';
import { instant } from '@boxoffice/shared/kernel';
import { faultsOfPricing, type PricingDetails } from './pricing';

const [march, april] = [instant('2027-03-01T00:00:00Z'), instant('2027-04-01T00:00:00Z')];
const others = [
  { ticketTypeId: 'seat' },
  { ticketTypeId: 'programme', addOnTo: ['seat'] },
  { ticketTypeId: 'parking', addOnTo: ['seat', 'box'] },
];
const faults = (details: PricingDetails, ticketTypeId?: string) =>
  faultsOfPricing({ maxPerOrder: 10, ...details }, others, ticketTypeId).map(
    ({ field, code }) => `${field} ${code}`,
  );
const tier = (name: string, end: object) => ({ name, priceMinor: 1000, ...end });

describe('the tiers of a ticket type', () => {
  it('end by a time, by a number, or by whichever comes first', () => {
    const tiers = [
      tier('First fifty', { upTo: 50 }),
      tier('Early', { until: march, upTo: 100 }),
      tier('Less early', { until: april }),
    ];
    expect(faults({ tiers })).toEqual([]);
    expect(faults({ tiers: [tier('Always', {})] })).toEqual(['tiers[0] tier-without-end']);
  });

  it('have names of their own', () => {
    const tiers = [tier('Early', { until: march }), tier('EARLY', { until: april })];
    expect(faults({ tiers })).toEqual(['tiers[1].name name-taken']);
  });

  it('are each asked at some time', () => {
    const late = (end: object) => faults({ tiers: [tier('First', end), tier('Next', { until: march })] });
    expect(late({ until: april })).toEqual(['tiers[1].until tier-never-asked']);
    expect(late({ until: march })).toEqual(['tiers[1].until tier-never-asked']);
    expect(late({ until: april, upTo: 5 })).toEqual([]);
  });
});

describe('the packages of a ticket type', () => {
  const family = (size: number) => ({ name: `${size} together`, size, priceMinor: 9000 });

  it('differ in size, and fit an order', () => {
    expect(faults({ packages: [family(4), family(10)] })).toEqual([]);
    expect(faults({ packages: [family(4), family(4), family(11)] })).toEqual([
      'packages[1].size size-taken',
      'packages[2].size package-over-max',
    ]);
  });
});

it('a donation has no price but the least', () => {
  expect(faults({ donation: true })).toEqual([]);
  expect(faults({ donation: true, tiers: [tier('Early', { upTo: 5 })] })).toEqual([
    'donation donation-with-prices',
  ]);
  const packages = [{ name: 'Pair', size: 2, priceMinor: 0 }];
  expect(faults({ donation: true, packages })).toEqual(['donation donation-with-prices']);
});

describe('an add-on', () => {
  it('belongs to other ticket types of the event, each named once', () => {
    expect(faults({ addOnTo: ['seat'] })).toEqual([]);
    expect(faults({ addOnTo: ['seat', 'nothing', 'seat'] })).toEqual([
      'addOnTo[1] unknown-ticket-type',
      'addOnTo[2] ticket-type-twice',
    ]);
  });

  it('belongs to none that is an add-on, and has none of its own', () => {
    expect(faults({ addOnTo: ['programme'] })).toEqual(['addOnTo[0] add-on-to-add-on']);
    expect(faults({ addOnTo: ['seat'] }, 'box')).toEqual(['addOnTo has-add-ons']);
    expect(faults({}, 'box')).toEqual([]);
  });
});
