import type { Figure } from './table';

/** What a group of figures is measured with. */
export interface Bench {
  /** How long each load runs. */
  readonly seconds: number;
  readonly report: (figure: Figure) => void;
  /** What is being done, for who waits; no part of the table. */
  readonly tell: (progress: string) => void;
}

/** Figures that need the same set-up. */
export type Group = (bench: Bench) => Promise<void>;
