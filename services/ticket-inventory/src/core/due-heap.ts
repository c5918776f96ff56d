import type { HoldTerms } from './hold';

/** Holds by expiry, the earliest first. Those that ended otherwise, or were extended, stay in until they come up. */
export class DueHeap {
  private readonly holds: HoldTerms[] = [];

  get first(): HoldTerms | undefined {
    return this.holds[0];
  }

  push(hold: HoldTerms): void {
    const { holds } = this;
    let at = holds.length;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = holds[parent];
      if (above === undefined || above.expiresAt <= hold.expiresAt) break;
      holds[at] = above;
      at = parent;
    }
    holds[at] = hold;
  }

  pop(): HoldTerms | undefined {
    const { holds } = this;
    const first = holds[0];
    const last = holds.pop();
    if (last === undefined || holds.length === 0) return first;
    let at = 0;
    for (;;) {
      const child = this.smallerChild(at);
      const below = holds[child];
      if (below === undefined || last.expiresAt <= below.expiresAt) break;
      holds[at] = below;
      at = child;
    }
    holds[at] = last;
    return first;
  }

  private smallerChild(at: number): number {
    const left = this.holds[2 * at + 1];
    const right = this.holds[2 * at + 2];
    return right !== undefined && left !== undefined && right.expiresAt < left.expiresAt
      ? 2 * at + 2
      : 2 * at + 1;
  }
}
