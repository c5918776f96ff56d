/** `organizer` runs events, `admin` moderates; whoever signs in is a buyer. */
export type Role = 'organizer' | 'admin';

/** Who a bearer token speaks for, once checked. */
export interface Principal {
  /** The token's `oid`, or else its `sub`. */
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  /** The provider says that it has not seen whether the address is theirs. */
  readonly emailIsUnverified?: true;
  readonly roles: readonly Role[];
}
