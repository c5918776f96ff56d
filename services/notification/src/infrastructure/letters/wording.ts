/** How the operator speaks. */
export interface Wording {
  /** BCP 47, for dates and money. */
  readonly locale: string;
  /** Who sells: in greetings and on receipts. */
  readonly seller: string;
}
export const Wording = Symbol('Wording');
