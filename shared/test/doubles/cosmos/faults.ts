export type Call = 'read' | 'write' | 'list' | 'changes';

/** One bad moment of the service, met by the next call of its kind. */
export type Fault = {
  readonly on: Call;
  /** How many calls meet it; 1 when not given. */
  readonly times?: number;
} & (
  | {
      readonly status: number;
      readonly substatus?: number;
      readonly retryAfterMilliseconds?: number;
      readonly empty?: true;
    }
  /** One operation of a batch fails with this status, and the batch with it. */
  | { readonly operationStatus: number; readonly retryAfterMilliseconds?: number }
  /** The connection ends, with the request done or not. */
  | { readonly drop: 'before' | 'after' }
  /** No answer ever comes, with the request done or not. */
  | { readonly silence: 'before' | 'after' }
);

export class Faults {
  private readonly waiting: { fault: Fault; left: number }[] = [];

  add(fault: Fault): void {
    this.waiting.push({ fault, left: fault.times ?? 1 });
  }

  clear(): void {
    this.waiting.length = 0;
  }

  next(call: Call): Fault | undefined {
    const at = this.waiting.findIndex(({ fault }) => fault.on === call);
    const found = this.waiting[at];
    if (found === undefined) return undefined;
    found.left -= 1;
    if (found.left === 0) this.waiting.splice(at, 1);
    return found.fault;
  }
}
