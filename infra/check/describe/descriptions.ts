import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Description } from './description';

/** The descriptions kept in a folder, one file a resource type and API version. */
export class Descriptions {
  private readonly read = new Map<string, Description | undefined>();
  constructor(readonly folder: string) {}

  of(type: string, apiVersion: string): Description | undefined {
    const file = path.join(this.folder, fileOf(type, apiVersion));
    if (!this.read.has(file))
      this.read.set(
        file,
        existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Description) : undefined,
      );
    return this.read.get(file);
  }

  /** The API versions that a type is described at. */
  versionsOf(type: string): readonly string[] {
    const start = fileOf(type, '').replace(/\.json$/, '');
    return this.files().flatMap((file) =>
      file.startsWith(start) ? [file.slice(start.length, -'.json'.length)] : [],
    );
  }

  /** Every type that is described. */
  get types(): readonly string[] {
    return this.files().map((file) => file.slice(0, file.indexOf('@')).replaceAll('_', '/'));
  }

  keep(description: Description): void {
    mkdirSync(this.folder, { recursive: true });
    writeFileSync(
      path.join(this.folder, fileOf(description.type, description.apiVersion)),
      linesOf(description),
    );
  }

  /** Leaves out what isn't one of these (`type@version`). @returns what it left out */
  leaveOut(but: ReadonlySet<string>): readonly string[] {
    const kept = new Set([...but].map((one) => fileOf(...(one.split('@') as [string, string]))));
    const left = this.files().filter((file) => !kept.has(file));
    for (const file of left) rmSync(path.join(this.folder, file));
    return left;
  }

  private files(): readonly string[] {
    return existsSync(this.folder) ? readdirSync(this.folder).filter((file) => file.endsWith('.json')) : [];
  }
}

const fileOf = (type: string, version: string) =>
  `${type.replaceAll('/', '_')}@${version}.json`.toLowerCase();

/** JSON with an object a line, so that what changes from one version to the next can be read. */
function linesOf({ objects, ...rest }: Description): string {
  const head = JSON.stringify(rest);
  return `${head.slice(0, -1)},"objects":[\n${objects.map((object) => JSON.stringify(object)).join(',\n')}\n]}\n`;
}
