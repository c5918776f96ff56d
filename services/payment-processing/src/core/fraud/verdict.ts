import type { Rule, RuleName } from './limits';

export type Decision = 'allow' | 'review' | 'refuse';

/** Why it was decided so, for those who look into it; never for whoever was refused. */
export interface Reason {
  readonly rule: RuleName;
  readonly says: 'review' | 'refuse';
  /** How much there was, and how much there may be. */
  readonly stands: number;
  readonly limit: number;
}

export interface Verdict {
  readonly decision: Decision;
  readonly reasons: readonly Reason[];
}

export interface Tally {
  readonly rule: Rule;
  readonly stands: number;
}

/** Each rule says for itself; the strictest is heeded. */
export function judge(tallies: readonly Tally[]): Verdict {
  const reasons = tallies.flatMap((tally) => reasonOf(tally) ?? []);
  if (reasons.some(({ says }) => says === 'refuse')) return { decision: 'refuse', reasons };
  return { decision: reasons.length > 0 ? 'review' : 'allow', reasons };
}

function reasonOf({ rule, stands }: Tally): Reason | undefined {
  const { name, review = Infinity, refuse = Infinity } = rule;
  if (stands > refuse) return { rule: name, says: 'refuse', stands, limit: refuse };
  return stands > review ? { rule: name, says: 'review', stands, limit: review } : undefined;
}
