/** What the next request meets that `on` fits: a piece of its text, or `begin`, `commit`, `rollback`. */
export type Fault = { readonly on: RegExp; readonly times?: number } & (
  | { readonly error: number }
  /** The connection ends, with the request done or not. */
  | { readonly drop: 'before' | 'after' }
  | { readonly silent: true }
);
