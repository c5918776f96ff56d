import { describe, expect, it } from '@jest/globals';
import { signSquare, squareSettings as settings } from '../../../test/gateways/square-double';
import { UnreadableAnswer } from './answer';
import { eventFrom, squareFault } from './square-webhook';

const body = Buffer.from('{"hello":"world"}');

describe('the signature of Square', () => {
  it('is that of the public example', () => {
    // https://developer.squareup.com/docs/webhooks/step3validate, and the package's own tests
    const ours = { webhookKey: 'asdf1234', webhookUrl: 'https://example.com/webhook' };
    expect(squareFault('2kRE5qRU2tR+tBGlDwMEw2avJ7QM4ikPYD/PJ3bd9Og=', body, ours)).toBeUndefined();
  });

  it.each<[string, string | undefined, Uint8Array, 'unsigned' | 'forged' | undefined]>([
    ['genuine', signSquare(body), body, undefined],
    ['over another body', signSquare(body), Buffer.from('{"hello":"worle"}'), 'forged'],
    ['over a longer body', signSquare(body), Buffer.concat([body, Buffer.from(' ')]), 'forged'],
    ['with the key of somebody else', signSquare(body, 'other'), body, 'forged'],
    ['for another address', signSquare(body, settings.webhookKey, 'https://other.example'), body, 'forged'],
    ['cut short', signSquare(body).slice(0, -1), body, 'forged'],
    ['empty', '', body, 'unsigned'],
    ['absent', undefined, body, 'unsigned'],
  ])('that is %s', (_, header, over, fault) => {
    expect(squareFault(header, over, settings)).toBe(fault);
  });
});

describe('an event of Square', () => {
  const event = (type: string, object: unknown) =>
    Buffer.from(JSON.stringify({ event_id: 'e', type, data: { object } }));

  it.each<[string, object, object | undefined]>([
    ['payment.created', { payment: { order_id: 'order' } }, { order: 'order' }],
    ['payment.updated', { payment: {} }, undefined],
    ['refund.updated', { refund: { id: 'refund' } }, { refund: 'refund' }],
    ['dispute.state.updated', { dispute: { id: 'dispute' } }, { dispute: 'dispute' }],
    ['customer.created', { customer: {} }, undefined],
  ])('%s %j is about %j', (type, object, about) => {
    expect(eventFrom(event(type, object))).toEqual({ id: 'e', about });
  });

  it.each([
    Buffer.from('[]'),
    Buffer.from('{}'),
    event('payment.updated', {}),
    event('refund.created', { refund: {} }),
  ])('is unreadable where something is missing: %s', (rawBody) => {
    expect(() => eventFrom(rawBody)).toThrow(UnreadableAnswer);
  });
});
