import { closeSync, fdatasync, fdatasyncSync, openSync } from 'node:fs';

/**
 * Brings one file to the disk without the event loop's waiting for it. Who asks while that is under way shares one further
 * sync with all who ask meanwhile. Once a sync has failed nobody knows what is on the disk: from then on all of them fail.
 */
export class DiskSync {
  private readonly file: number;
  private running: Promise<void> | undefined;
  /** Of those who came while `running` was. */
  private following: Promise<void> | undefined;
  private open = true;

  constructor(path: string) {
    this.file = openSync(path, 'r+'); // Windows brings no file to the disk that may not be written
  }

  /** Resolves once all that has been written so far is on the disk. */
  request(): Promise<void> {
    this.following ??= this.running?.then(() => this.start());
    return this.following ?? this.start();
  }

  /** The last that was requested, while it is under way. */
  get pending(): Promise<void> | undefined {
    return this.following ?? this.running;
  }

  /** Waits for the disk itself. */
  close(): void {
    fdatasyncSync(this.file);
    this.open = false;
    if (this.running === undefined) closeSync(this.file);
  }

  private start(): Promise<void> {
    this.following = undefined;
    if (!this.open) return Promise.resolve();
    const running = new Promise<void>((resolve, reject) => {
      fdatasync(this.file, (error) => {
        if (error === null) this.running = undefined;
        if (!this.open) closeSync(this.file);
        if (error === null) resolve();
        else reject(error);
      });
    });
    // Whoever asked hears of it; that nobody has asked yet is no reason to end the process.
    running.catch(() => undefined);
    return (this.running = running);
  }
}
