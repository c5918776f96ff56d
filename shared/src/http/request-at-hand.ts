import type { Principal } from './principal';
import { Problem } from './problem';
import type { IdempotentRequest, Route, RouteRequest } from './route';

/** What a handler receives. */
export class RequestAtHand implements RouteRequest {
  constructor(
    private readonly route: Route,
    readonly params: Readonly<Record<string, string>>,
    readonly query: object,
    readonly body: object,
    readonly raw: Uint8Array,
    readonly headers: Readonly<Record<string, string | undefined>>,
    readonly caller: Principal | undefined,
    private readonly keyed: IdempotentRequest | undefined,
    private readonly precondition: string | undefined,
    readonly peer: string | undefined,
  ) {}

  get principal(): Principal {
    if (this.caller === undefined) throw signInRequired();
    return this.caller;
  }

  get idempotency(): IdempotentRequest {
    return this.keyed ?? this.undeclared('idempotencyKey');
  }

  get ifMatch(): string {
    return this.precondition ?? this.undeclared('ifMatch');
  }

  private undeclared(what: 'idempotencyKey' | 'ifMatch'): never {
    throw new Error(`${this.route.method} ${this.route.path} does not declare ${what}: 'required'`);
  }
}

export const signInRequired = (): Problem =>
  new Problem(
    401,
    'sign-in-required',
    'Sign in first: send a bearer token.',
    {},
    { 'www-authenticate': 'Bearer' },
  );
