import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { BicepFile } from './file';

/** Files by path, each read and parsed once; `instead` gives texts in place of what is on disk. */
export class Sources {
  private readonly files = new Map<string, BicepFile | undefined>();
  private readonly instead: ReadonlyMap<string, string>;

  constructor(instead: Readonly<Record<string, string>> = {}) {
    this.instead = new Map(Object.entries(instead).map(([file, text]) => [path.resolve(file), text]));
  }

  /** undefined when there is no such file. */
  text(file: string): string | undefined {
    const whole = path.resolve(file);
    const text = this.instead.get(whole);
    return text ?? (existsSync(whole) ? readFileSync(whole, 'utf8').replace(/^\uFEFF/, '') : undefined);
  }

  bicep(file: string): BicepFile | undefined {
    const whole = path.resolve(file);
    if (!this.files.has(whole)) {
      const text = this.text(whole);
      this.files.set(whole, text === undefined ? undefined : new BicepFile(whole, text));
    }
    return this.files.get(whole);
  }
}

/** A file and every file that it takes in as a module or by an import, each once. */
export function templatesOf(sources: Sources, entry: string): readonly BicepFile[] {
  const found = new Map<string, BicepFile>();
  const visit = (file: string) => {
    const bicep = sources.bicep(file);
    if (bicep === undefined || found.has(bicep.path)) return;
    found.set(bicep.path, bicep);
    for (const { path: other } of [...bicep.all('module'), ...bicep.all('import')])
      if (other.endsWith('.bicep')) visit(bicep.beside(other));
  };
  visit(entry);
  return [...found.values()];
}
