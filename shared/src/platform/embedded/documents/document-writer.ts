import type { Operation } from '../../../documents';

/** An operation as it is stored: its body is JSON, and when it ends is a moment, in milliseconds since 1970; null: never. */
export type Put = {
  readonly kind: Exclude<Operation['kind'], 'delete'>;
  readonly id: string;
  readonly json: string;
  readonly expires: number | null;
  readonly ifMatch?: string;
};
export type Change = Put | Extract<Operation, { readonly kind: 'delete' }>;

/** What is written at once, in one partition of one container. `now` in milliseconds since 1970: what has ended by then is not there. */
export interface Batch {
  readonly container: string;
  readonly partition: string;
  readonly changes: readonly Change[];
  readonly now: number;
}

/** What changes a file of documents: in this thread, or in one of its own, so all that is handed over is plain data. */
export interface DocumentWriter {
  /** Resolves once it is durable, to the new etags. Throws a DocumentFault, or what kept the commit from happening. */
  write(batch: Batch): Promise<readonly (string | undefined)[]>;
  /** Survives the end of the process, but perhaps not that of the machine: a page that comes again does no harm. */
  saveCheckpoint(feed: string, continuation: string): Promise<void>;
  /** Removes what has ended by now; until then reads pass it over. */
  sweep(container: string, now: number): Promise<void>;
  /** Writes what waits, and takes nothing more. */
  close(): Promise<void>;
}
