/** What stops all triggers of a process: no new work, and the end of what is under way. */
export class Stop {
  stopped = false;
  private readonly underWay = new Set<Promise<unknown>>();
  private readonly listeners = new Set<() => void>();

  async track<T>(work: Promise<T>): Promise<T> {
    this.underWay.add(work);
    return work.finally(() => this.underWay.delete(work));
  }

  whenStopped(listener: () => void): void {
    this.listeners.add(listener);
  }

  async now(): Promise<void> {
    this.stopped = true;
    for (const listener of this.listeners) listener();
    await Promise.all(this.underWay);
  }
}
