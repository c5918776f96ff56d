import { describe, expect, it } from '@jest/globals';
import {
  chooseGateways,
  methodsFor,
  readPreferences,
  type Preference,
  type ToBePaid,
} from './choose-gateway';
import type { Gateway, GatewayAbilities } from './gateway';

const gateway = (name: string, abilities: Partial<GatewayAbilities> = {}): Gateway =>
  ({ name, abilities: { methods: ['card'], capturesLater: true, ...abilities } }) as Gateway;

const stripe = gateway('stripe', { methods: ['card', 'ideal', 'alipay'] });
const paypal = gateway('paypal', { methods: ['paypal'], currencies: ['EUR', 'USD'] });
const razorpay = gateway('razorpay', { methods: ['card', 'upi'], currencies: ['INR'], countries: ['IN'] });
const all = [stripe, paypal, razorpay];
const due = (change: Partial<ToBePaid> = {}): ToBePaid => ({
  currency: 'EUR',
  organizerId: 'olivia',
  ...change,
});
const chosen = (need: ToBePaid, ...preferences: Preference[]) =>
  chooseGateways(need, all, preferences).map(({ name }) => name);

describe('the choice of a gateway', () => {
  it('is of all that can take it, as they are listed, where no row fits', () => {
    expect(chosen(due())).toEqual(['stripe', 'paypal']);
    expect(chosen(due(), { currency: 'USD', gateways: ['paypal'] })).toEqual(['stripe', 'paypal']);
  });

  it('leaves out who does not take the currency, the country or the method', () => {
    expect(chosen(due({ currency: 'JPY' }))).toEqual(['stripe']);
    expect(chosen(due({ currency: 'INR', country: 'IN' }))).toEqual(['stripe', 'razorpay']);
    expect(chosen(due({ currency: 'INR', country: 'AT' }))).toEqual(['stripe']);
    expect(chosen(due({ method: 'paypal' }))).toEqual(['paypal']);
    expect(chosen(due({ method: 'pix' }))).toEqual([]);
  });

  it('takes a country that is not known for one that the gateway takes', () => {
    expect(chosen(due({ currency: 'INR' }))).toEqual(['stripe', 'razorpay']);
  });

  it('offers a method in its own currency alone', () => {
    expect(chosen(due({ currency: 'EUR', method: 'ideal' }))).toEqual(['stripe']);
    expect(chosen(due({ currency: 'JPY', method: 'ideal' }))).toEqual([]);
    expect(methodsFor(due({ currency: 'JPY' }), stripe)).toEqual(['card', 'alipay']);
    expect(methodsFor(due({ currency: 'EUR', method: 'ideal' }), stripe)).toEqual(['ideal']);
  });

  it('is the first row’s that fits in all that it names, in its order, and nobody else’s', () => {
    const rows: Preference[] = [
      { organizer: 'oscar', gateways: ['paypal'] },
      { currency: 'EUR', country: 'DE', gateways: ['stripe'] },
      { currency: 'EUR', method: 'ideal', gateways: ['paypal', 'stripe'] },
      { currency: 'EUR', gateways: ['adyen', 'paypal', 'stripe'] },
    ];
    expect(chosen(due({ organizerId: 'oscar' }), ...rows)).toEqual(['paypal']);
    expect(chosen(due({ country: 'DE' }), ...rows)).toEqual(['stripe']);
    expect(chosen(due({ method: 'ideal' }), ...rows)).toEqual(['stripe']);
    expect(chosen(due({ country: 'AT' }), ...rows)).toEqual(['paypal', 'stripe']);
    expect(chosen(due({ currency: 'USD' }), ...rows)).toEqual(['stripe', 'paypal']);
  });

  it('may be of nobody', () => {
    expect(chosen(due({ currency: 'JPY' }), { currency: 'JPY', gateways: ['paypal'] })).toEqual([]);
  });
});

describe('the table of preferences', () => {
  const known = ['stripe', 'paypal'];

  it('is read as JSON', () => {
    const rows = [{ currency: 'EUR', country: 'AT', method: 'ideal', organizer: 'o', gateways: ['stripe'] }];
    expect(readPreferences(JSON.stringify(rows), known)).toEqual(rows);
    expect(readPreferences('[]', known)).toEqual([]);
  });

  it.each([
    ['EUR:stripe', 'not JSON'],
    ['{}', 'not a JSON list'],
    ['[1, null]', 'row 1: not an object, row 2: not an object'],
    ['[{"currency":"EUR"}]', 'row 1: gateways is not there'],
    ['[{"gateways":[]}]', 'row 1: gateways is []'],
    ['[{"gateways":"stripe"}]', 'row 1: gateways is "stripe"'],
    [
      '[{"gateways":["stripe","strpie",7]}]',
      'row 1: there is no gateway "strpie", row 1: there is no gateway 7',
    ],
    [
      '[{"gateways":["stripe"]},{"currency":"EURO","country":"at","method":"cash","organizer":"","toString":1,"gateways":["paypal"]}]',
      'row 2: currency is "EURO", row 2: country is "at", row 2: method is "cash", row 2: organizer is "", row 2: toString is not a member of it',
    ],
  ])('%s: %s', (text, fault) => {
    expect(() => readPreferences(text, known)).toThrow(new Error(fault));
  });
});
