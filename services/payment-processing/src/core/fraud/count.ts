import { fromMilliseconds, toMilliseconds, type Instant, type Money } from '@boxoffice/shared/kernel';
import { windowSeconds, type Rule, type Subject } from './limits';

/** Makes ids of what must not be kept as it is: the same each time, and to be told by nobody without the key. */
export type Pseudonym = (what: string) => string;
export const Pseudonym = Symbol('Pseudonym');

/** What is known of who pays, by subject: an account's id, a network, a card. */
export type Known = Readonly<Partial<Record<Subject, string>>>;

/** One rule's count for one subject in one window. */
export interface Count {
  readonly rule: Rule;
  readonly counterId: string;
  /** What this adds; 0 only looks. */
  readonly by: number;
  /** When the window is over, and the count with it. */
  readonly endsAt: Instant;
}

/** Windows stand side by side, so a count starts anew with each: at most twice the limit falls into any span of its length. */
export function countOf(rule: Rule, who: string, by: number, now: Instant, pseudonym: Pseudonym): Count {
  const length = windowSeconds[rule.window] * 1000;
  const number = Math.floor(toMilliseconds(now) / length);
  return {
    rule,
    counterId: pseudonym(`${rule.name}~${who}~${number}`),
    by,
    endsAt: fromMilliseconds((number + 1) * length),
  };
}

/** What a payment adds to what a rule counts; undefined where the rule does not look at it. */
export type Weight = (rule: Rule) => number | undefined;

export const countsOf = (
  rules: readonly Rule[],
  known: Known,
  weigh: Weight,
  now: Instant,
  pseudonym: Pseudonym,
): readonly Count[] =>
  rules.flatMap((rule) => {
    const who = known[rule.subject];
    const by = who === undefined ? undefined : weigh(rule);
    return who === undefined || by === undefined ? [] : [countOf(rule, who, by, now, pseudonym)];
  });

/** One more attempt, over this amount; an amount counts in its own currency alone. */
export const attemptOver =
  (amount: Money): Weight =>
  ({ counts, currency }) => {
    if (counts === 'attempts') return 1;
    return counts === 'amount' && currency === amount.currency ? amount.amountMinor : undefined;
  };

/** Nothing more: how it stands. */
export const asItStands: Weight = () => 0;
