import { type BicepFile } from '../read/file';

export interface Fault {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** What is wrong, each thing once, in the order of the files' lines. */
export class Faults {
  private readonly found = new Map<string, Fault>();

  add(file: BicepFile, at: number, message: string): void {
    const fault = { file: file.path, ...file.place(at), message };
    this.found.set(`${fault.file}:${at} ${message}`, fault);
  }

  get all(): readonly Fault[] {
    return [...this.found.values()].sort(
      (one, other) =>
        one.file.localeCompare(other.file) || one.line - other.line || one.column - other.column,
    );
  }
}
