import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { instant } from '../kernel';
import * as contracts from '.';
import { UnreadableMessage, type Envelope, type Fact } from '.';

const isFact = (value: unknown): value is Fact<object> =>
  typeof value === 'object' && value !== null && 'sample' in value;
const facts = (Object.values(contracts) as readonly unknown[]).filter(isFact);
const at = instant('2027-01-05T10:00:00Z');

/**
 * What each published version looked like when it was published. A sample that changes breaks messages that are on their
 * way: give the changed fact a new version instead, and add the line that the failing test prints.
 */
const published: Readonly<Record<string, string>> = {
  'boxoffice.event-cancelled.v1': 'y44elhFBgBVZV4kZ',
  'boxoffice.event-published.v1': 'Qu2zzBt806qpBySg',
  'boxoffice.hold-refused.v1': 'sibyzktI1cO-3rQw',
  'boxoffice.order-cancelled.v1': 'DHzb0BPuL7dWdkl9',
  'boxoffice.order-fulfilled.v1': '39fRO_fUQCO5m20Y',
  'boxoffice.payment-captured.v1': 'GOoAMrbfYT4BagZe',
  'boxoffice.payment-refunded.v1': 'thrVtFSpOrqyNGir',
  'boxoffice.signing-key-published.v1': 'n5fYk087wguFukdB',
  'boxoffice.ticket-transferred.v1': 'v2uz1bxNM0FZfzSp',
  'boxoffice.tickets-issued.v1': 'fmhnE3dp2KA2Mwdw',
  'boxoffice.waiting-list-offered.v1': 'NbNoEem3lRouaUcC',
};

const fingerprint = (sample: object): string =>
  createHash('sha256').update(JSON.stringify(sample)).digest('base64url').slice(0, 16);

describe('every published fact', () => {
  it('has its own type, named for what happened and its version', () => {
    const types = facts.map(({ type }) => type);
    expect(new Set(types).size).toBe(types.length);
    for (const type of types) expect(type).toMatch(/^boxoffice\.[a-z]+(-[a-z]+)*\.v[1-9]\d*$/);
  });

  it('looks as it did when it was published', () => {
    expect(Object.fromEntries(facts.map(({ type, sample }) => [type, fingerprint(sample)]))).toEqual(
      published,
    );
  });

  it.each(facts.map((fact) => [fact.type, fact] as const))('%s reads back from the wire', (type, fact) => {
    const said = fact.announce('01jv0h5c9n3yq8t6w2b4d7f1ga', 'subject', at, fact.sample);
    const heard = JSON.parse(JSON.stringify(said)) as Envelope;
    expect(heard).toMatchObject({ specversion: '1.0', type, source: `/boxoffice/${fact.source}`, time: at });
    expect('traceparent' in heard).toBe(false);
    expect(fact.is(heard)).toBe(true);
    expect(fact.read(heard)).toEqual(fact.sample);
  });

  it.each(facts.map((fact) => [fact.type, fact] as const))(
    '%s is unreadable without any one of its members',
    (_, fact) => {
      for (const member of Object.keys(fact.sample)) {
        const { [member]: gone, ...rest } = fact.sample as Record<string, unknown>;
        const said: Envelope = { ...fact.announce('id', 'subject', at, fact.sample), data: rest };
        expect(gone).toBeDefined();
        expect(() => fact.read(said)).toThrow(new RegExp(`data\\.${member} is missing`));
      }
    },
  );
});

describe('reading a fact', () => {
  const { paymentCaptured, holdRefused } = contracts;
  const said = (data: unknown): Envelope => ({
    ...paymentCaptured.announce('id', 'subject', at, paymentCaptured.sample),
    data,
  });

  it('names every place that is not as it should be', () => {
    const { sample } = paymentCaptured;
    const wrong = {
      ...sample,
      amount: { amountMinor: '9600', currency: 'EUR' },
      lines: [...sample.lines, { ticketTypeId: 7, quantity: 1 }],
    };
    expect(() => paymentCaptured.read(said(wrong))).toThrow(
      'data.lines[1].ticketTypeId is number, not string; data.amount.amountMinor is string, not number',
    );
  });

  it('lets members through that it does not know: a producer may be ahead', () => {
    expect(paymentCaptured.read(said({ ...paymentCaptured.sample, channel: 'web' }))).toMatchObject({
      channel: 'web',
    });
  });

  it.each([null, undefined, 'text', 7, []])('does not take %p for data', (data) => {
    expect(() => paymentCaptured.read(said(data))).toThrow(UnreadableMessage);
  });

  it('does not take one fact for another', () => {
    const other = said(paymentCaptured.sample);
    expect(holdRefused.is(other)).toBe(false);
    expect(() => holdRefused.read(other)).toThrow(UnreadableMessage);
  });

  it('keeps the trace that it was announced in', () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    expect(
      paymentCaptured.announce('id', 'subject', at, paymentCaptured.sample, traceparent).traceparent,
    ).toBe(traceparent);
  });
});
