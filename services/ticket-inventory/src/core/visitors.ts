import { Refusal } from '@boxoffice/shared/kernel';
import type { Draft } from './draft';

/** Looks at the draft and adds to it, or throws a Refusal having added nothing. Runs again when the draft is stale. */
export type Decide<T> = (draft: Draft) => T;

/** Someone who waits at the door, and what they came for. */
export interface Visitor {
  readonly decide: Decide<unknown>;
  readonly admit: (answer: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** What a visitor is told once the draft is true. */
export type Answer = { readonly visitor: Visitor; readonly settlesOrder: boolean } & (
  { readonly value: unknown } | { readonly refusal: Refusal }
);

/** The order has its outcome, though this process hadn't heard: it is to be read. */
export class OrderSettledElsewhere extends Error {
  override readonly name = 'OrderSettledElsewhere';
}

/** Throws what is no refusal: then the draft may be half changed. */
export function answerOf(visitor: Visitor, draft: Draft): Answer {
  const orders = draft.orders.length;
  try {
    const value = visitor.decide(draft);
    return { visitor, value, settlesOrder: draft.orders.length > orders };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { visitor, refusal: error, settlesOrder: false };
  }
}

export function settle(answers: readonly Answer[]): void {
  for (const answer of answers) {
    if ('refusal' in answer) answer.visitor.reject(answer.refusal);
    else answer.visitor.admit(answer.value);
  }
}

/** Sends those away whose order was in the group, as one of them has its outcome; answers who stays. */
export function sendOrdersAway(answers: readonly Answer[]): Visitor[] {
  for (const answer of answers) if (answer.settlesOrder) answer.visitor.reject(new OrderSettledElsewhere());
  return answers.filter((answer) => !answer.settlesOrder).map((answer) => answer.visitor);
}
