import path from 'node:path';
import { type SyntaxFault } from './fault';
import { parse } from './parse';
import { type Resource, type Statement } from './syntax';

type Of<K extends Statement['kind']> = Extract<Statement, { readonly kind: K }>;
export interface DeclaredResource {
  readonly resource: Resource;
  /** The resource whose body this one is declared in. */
  readonly within: DeclaredResource | undefined;
  /** In full: a child's own segment behind its parents'. Empty parts where the text doesn't say. */
  readonly type: string;
  readonly apiVersion: string;
}

/** One Bicep file, parsed. */
export class BicepFile {
  readonly statements: readonly Statement[];
  readonly syntaxFaults: readonly SyntaxFault[];
  readonly resources: readonly DeclaredResource[];

  constructor(
    readonly path: string,
    readonly text: string,
  ) {
    const { statements, faults } = parse(text);
    this.statements = statements;
    this.syntaxFaults = faults;
    this.resources = this.all('resource').flatMap((resource) => withChildren(resource, undefined));
  }

  get scope(): string {
    return this.all('targetScope')[0]?.scope ?? 'resourceGroup';
  }

  all<K extends Statement['kind']>(kind: K): readonly Of<K>[] {
    return this.statements.filter((statement): statement is Of<K> => statement.kind === kind);
  }

  named<K extends Statement['kind']>(kind: K, name: string): Of<K> | undefined {
    return this.all(kind).find((statement) => 'name' in statement && statement.name === name);
  }

  /** The path of a file that this one names. */
  beside(other: string): string {
    return path.resolve(path.dirname(this.path), other);
  }

  /** Counted from 1. */
  place(at: number): { readonly line: number; readonly column: number } {
    const before = this.text.slice(0, at).split('\n');
    return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  }
}

function withChildren(resource: Resource, within: DeclaredResource | undefined): readonly DeclaredResource[] {
  const [own = '', version] = resource.type.split('@');
  // A child may name its own segment alone, and its version may be its parent's.
  const type = within === undefined ? own : own.startsWith(`${within.type}/`) ? own : `${within.type}/${own}`;
  const self: DeclaredResource = {
    resource,
    within,
    type,
    apiVersion: version ?? within?.apiVersion ?? '',
  };
  return [self, ...resource.body.children.flatMap((child) => withChildren(child, self))];
}
