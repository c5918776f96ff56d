/**
 * What a draft has changed in the maps of a stock, so that it can be taken back: a draft works on the one state that there is,
 * and most are kept. Nothing is recorded between drafts.
 */
export class Journal {
  private readonly steps: {
    map: Pick<Map<unknown, unknown>, 'set' | 'delete'>;
    key: unknown;
    before: unknown;
  }[] = [];
  private open = false;

  get isOpen(): boolean {
    return this.open;
  }

  begin(): void {
    if (this.open) throw new Error('one draft at a time');
    this.open = true;
  }

  /** Sets or, without a value, deletes. */
  set<Key, Value>(map: Map<Key, Value>, key: Key, value: Value | undefined): void {
    if (this.open) this.steps.push({ map, key, before: map.get(key) });
    if (value === undefined) map.delete(key);
    else map.set(key, value);
  }

  keep(): void {
    this.open = false;
    this.steps.length = 0;
  }

  takeBack(): void {
    this.open = false;
    for (let step = this.steps.pop(); step; step = this.steps.pop()) {
      if (step.before === undefined) step.map.delete(step.key);
      else step.map.set(step.key, step.before);
    }
  }
}
