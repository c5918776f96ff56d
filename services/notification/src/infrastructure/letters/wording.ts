/** How the operator speaks. */
export interface Wording {
  /** BCP 47, for dates and money. */
  readonly locale: string;
  /** Who sells: in greetings and on receipts. */
  readonly seller: string;
  /** Where what was offered is bought; `{eventId}` and `{holdId}` stand for the offer's. */
  readonly offerUrl?: string | undefined;
}
export const Wording = Symbol('Wording');
