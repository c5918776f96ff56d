import type { Instant } from '@boxoffice/shared/kernel';

/** An order, payment or refund that waits for somebody, as an operator sees it. */
export interface WaitingSaga {
  readonly kind: 'order' | 'payment' | 'refund';
  readonly id: string;
  readonly orderId: string;
  readonly state: string;
  readonly since: Instant;
  /** When it is asked about next. */
  readonly nextAskAt: Instant;
  readonly asks: number;
}

/** Queries for those who operate the platform. */
export interface OperatorRecords {
  /** Whose turn comes first at the top; `after` is the last one seen. */
  waiting(
    limit: number,
    after: readonly [nextAskAt: string, id: string] | undefined,
  ): Promise<readonly WaitingSaga[]>;
}
export const OperatorRecords = Symbol('OperatorRecords');

/** In words: whom it waits for. */
export function waitsFor({ kind, state }: Pick<WaitingSaga, 'kind' | 'state'>): string {
  switch (kind) {
    case 'order':
      return state === 'placed' ? 'the buyer’s money' : 'the tickets, or that there are none';
    case 'payment':
      return state === 'declined' || state === 'abandoned'
        ? 'the bank, which may change its mind'
        : 'the gateway: what became of the payment';
    case 'refund':
      return state === 'failed'
        ? 'a person: the gateway will not give the money back'
        : 'the gateway: whether the money has gone back';
  }
}
