import { type Descriptions } from '../describe/descriptions';
import { type BicepFile, type DeclaredResource } from '../read/file';
import { type Sources } from '../read/sources';
import { type Func, type Module } from '../read/syntax';
import { any, text, type Kind, type Member } from './kind';
import { bodyKind } from './kinds-of-shapes';
import { kindOfType } from './kinds-of-types';

/** What a module is to who reads it: a name, and outputs of the types that its file declares. */
export function moduleKind(module: Module, file: BicepFile, sources: Sources): Kind {
  const inner = sources.bicep(file.beside(module.path));
  if (inner === undefined) return any;
  const outputs = inner
    .all('output')
    .map(({ name, type }) => [name, always(kindOfType(type, inner, sources))] as const);
  const kind = closed(
    `module ${module.name}`,
    new Map([
      ['name', always(text)],
      ['outputs', always(closed(`the outputs of ${module.path}`, new Map(outputs)))],
    ]),
  );
  return module.loop === undefined ? kind : { is: 'array', of: kind };
}

export function resourceKind(
  { resource, type, apiVersion, within }: DeclaredResource,
  descriptions: Descriptions,
): Kind {
  const description = descriptions.of(type, apiVersion);
  const kind = description === undefined ? any : bodyKind(description);
  const many = resource.loop !== undefined || within?.resource.loop !== undefined;
  return many ? { is: 'array', of: kind } : kind;
}

export interface DeclaredFunc {
  readonly func: Func;
  readonly file: BicepFile;
}

/** A function of the file's own, or one that it imports by name. */
export function funcOf(name: string, file: BicepFile, sources: Sources): DeclaredFunc | undefined {
  const func = file.named('func', name);
  if (func !== undefined) return { func, file };
  for (const { names, path } of file.all('import')) {
    const found = names.find(({ as }) => as === name);
    const other = found === undefined ? undefined : sources.bicep(file.beside(path));
    if (found !== undefined && other !== undefined) return funcOf(found.name, other, sources);
  }
  return undefined;
}

/** The file that `import * as name` stands for. */
export function importOf(name: string, file: BicepFile, sources: Sources): BicepFile | undefined {
  const from = file.all('import').find(({ all }) => all === name);
  return from === undefined ? undefined : sources.bicep(file.beside(from.path));
}

export const always = (of: Kind): Member => ({ of, required: true, readOnly: false });
export const closed = (name: string, members: ReadonlyMap<string, Member>): Kind => ({
  is: 'object',
  name,
  members: () => members,
  further: undefined,
});
