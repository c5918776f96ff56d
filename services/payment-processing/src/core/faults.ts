/** One thing that is wrong with what a buyer asks for, told with all others at once. */
export interface PurchaseFault {
  /** Where in the request: `codes[0]`. */
  readonly field: string;
  /** Stable. */
  readonly code: string;
  readonly message: string;
}
