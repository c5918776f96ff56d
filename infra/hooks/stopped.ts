/** What went wrong, and what its reader does next. */
export interface Fault {
  readonly what: string;
  readonly next: string;
}

/** A hook ends here, and azd with it. Lists all that is wrong, not the first of it. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
  constructor(
    readonly faults: readonly Fault[],
    options?: ErrorOptions,
  ) {
    super(faults.map(({ what, next }) => `${what}\n  → ${next}`).join('\n'), options);
  }
}

export const stopped = (what: string, next: string, cause?: unknown): Stopped =>
  new Stopped([{ what, next }], { cause });

/** A line for whoever runs azd. */
export type Say = (line: string) => void;

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
