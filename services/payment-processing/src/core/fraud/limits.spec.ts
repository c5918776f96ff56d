import { describe, expect, it } from '@jest/globals';
import { readLimits, usualLimits } from './limits';

const names = (text: string) => readLimits(text).map(({ name }) => name);

describe('the limits of fraud', () => {
  it('are the usual ones where nothing is said', () => {
    expect(readLimits('{}')).toEqual(usualLimits);
    expect(usualLimits.map(({ name }) => name)).toContain('account.declines.hour');
  });

  it('are replaced by name, and left out by null', () => {
    expect(names('{"account.attempts.day":null}')).not.toContain('account.attempts.day');
    expect(readLimits('{"account.attempts.day":{"refuse":7}}')).toContainEqual({
      name: 'account.attempts.day',
      subject: 'account',
      counts: 'attempts',
      window: 'day',
      refuse: 7,
    });
  });

  it.each([
    'event.attempts.minute',
    'organizer.attempts.day',
    'mail-domain.attempts.hour',
    'card.declines.hour',
  ])('may be set for %s', (name) => {
    expect(names(JSON.stringify({ [name]: { review: 1, refuse: 2 } }))).toContain(name);
  });

  it('may be of amounts, in one currency', () => {
    expect(names('{"account.amount.day":{"refuse":500000,"currency":"EUR"}}')).toContain(
      'account.amount.day',
    );
  });

  it.each([
    ['[', /not JSON/],
    ['[]', /not a JSON object/],
    ['null', /not a JSON object/],
    ['{"account.attempts.year":{"refuse":1}}', /no rule account.attempts.year/],
    ['{"account.constructor.day":{"refuse":1}}', /no rule/],
    ['{"account.attempts.toString":{"refuse":1}}', /no rule/],
    ['{"account.attempts.day.x":{"refuse":1}}', /no rule/],
    ['{"event.declines.day":{"refuse":1}}', /no rule/],
    ['{"account.accounts.month":{"refuse":1}}', /no rule/],
    ['{"card.accounts.day":{"refuse":1}}', /no rule/],
    ['{"account.attempts.day":5}', /neither a limit nor null/],
    ['{"account.attempts.day":{}}', /limits nothing/],
    ['{"account.attempts.day":{"refuse":-1}}', /whole number/],
    ['{"account.attempts.day":{"refuse":"5"}}', /whole number/],
    ['{"account.attempts.day":{"refuse":1,"block":2}}', /has no block/],
    ['{"account.amount.day":{"refuse":1}}', /currency belongs/],
    ['{"account.attempts.day":{"refuse":1,"currency":"EUR"}}', /currency belongs/],
  ])('are refused where they are no limits: %s', (text, fault) => {
    expect(() => readLimits(text)).toThrow(fault);
  });

  it('are refused with everything that is wrong', () => {
    expect(() => readLimits('{"a.b.c":{},"account.attempts.day":{"refuse":-1}}')).toThrow(
      /a\.b\.c.*whole number/,
    );
  });
});
