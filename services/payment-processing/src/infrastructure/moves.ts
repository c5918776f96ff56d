import type { Facts, Telemetry } from '@boxoffice/shared/telemetry';

/** From where to where one attempt at a commit takes orders, payments and refunds: counted when it is committed, gone when it isn't. */
export class Moves {
  private readonly states = new Map<string, string>();
  private readonly made: { readonly name: string; readonly facts: Facts }[] = [];

  /** How it stands before; `id` is unique among all kinds. */
  saw(id: string, state: string): void {
    this.states.set(id, state);
  }

  /** How it stands after: a move where it stood otherwise, or was not there. */
  saved(
    what: 'orders' | 'payments' | 'refunds',
    id: string,
    facts: Facts & { readonly state: string },
  ): void {
    if (this.states.get(id) === facts.state) return;
    this.states.set(id, facts.state);
    this.made.push({ name: `${what}.moved`, facts });
  }

  countIn(telemetry: Pick<Telemetry, 'count'>): void {
    for (const { name, facts } of this.made) telemetry.count(name, 1, facts);
  }
}
