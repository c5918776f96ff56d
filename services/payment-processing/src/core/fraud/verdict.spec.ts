import { describe, expect, it } from '@jest/globals';
import { readLimits } from './limits';
import { judge } from './verdict';

const [hour, day] = ['account.attempts.hour', 'account.attempts.day'].map((name) =>
  readLimits(`{"account.attempts.hour":{"review":3,"refuse":5},"account.attempts.day":{"refuse":9}}`).find(
    (rule) => rule.name === name,
  ),
) as [ReturnType<typeof readLimits>[number], ReturnType<typeof readLimits>[number]];

describe('a verdict', () => {
  it.each([
    [0, 'allow'],
    [3, 'allow'],
    [4, 'review'],
    [5, 'review'],
    [6, 'refuse'],
  ])('on a count of %i is %s', (stands, decision) => {
    expect(judge([{ rule: hour, stands }]).decision).toBe(decision);
  });

  it('is the strictest, with the reasons of all that object', () => {
    expect(
      judge([
        { rule: hour, stands: 4 },
        { rule: day, stands: 10 },
      ]),
    ).toEqual({
      decision: 'refuse',
      reasons: [
        { rule: 'account.attempts.hour', says: 'review', stands: 4, limit: 3 },
        { rule: 'account.attempts.day', says: 'refuse', stands: 10, limit: 9 },
      ],
    });
  });

  it('is to allow where no rule looks', () => {
    expect(judge([])).toEqual({ decision: 'allow', reasons: [] });
  });
});
