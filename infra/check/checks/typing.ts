import { type Descriptions } from '../describe/descriptions';
import { builtIns } from '../evaluate/calls';
import { type BicepFile } from '../read/file';
import { type Sources } from '../read/sources';
import { type Expression, type ForExpression, type Param } from '../read/syntax';
import { alternatives, any, openObject, text, unionOf, withoutNull, type Kind, type Member } from './kind';
import { decorated, kindOfType } from './kinds-of-types';
import { always, closed, funcOf, importOf, moduleKind, resourceKind } from './declarations';

/** A file, and what the names that loops and lambdas bring in may be. */
export interface Env {
  readonly file: BicepFile;
  readonly locals: ReadonlyMap<string, Kind>;
}

export interface Workspace {
  readonly sources: Sources;
  readonly descriptions: Descriptions;
}

const returned: Readonly<Record<string, Kind>> = {
  string: text,
  int: { is: 'int' },
  bool: { is: 'bool' },
  array: { is: 'array', of: any },
};
const logical = new Set(['==', '!=', '=~', '!~', '<', '<=', '>', '>=', '&&', '||']);

/** What expressions may come to, as far as their text tells. */
export class Typing {
  private readonly pending = new Set<unknown>();
  constructor(readonly workspace: Workspace) {}

  kindOf(of: Expression, env: Env): Kind {
    if (this.pending.has(of)) return any;
    this.pending.add(of);
    const kind = this.find(of, env);
    this.pending.delete(of);
    return kind;
  }

  /** What a parameter or an output is declared to be. */
  declared({ type, decorators }: Pick<Param, 'type' | 'decorators'>, file: BicepFile): Kind {
    return decorated(kindOfType(type, file, this.workspace.sources), decorators);
  }

  /** The frame inside a loop. */
  turn(loop: Pick<ForExpression, 'item' | 'index' | 'over'>, env: Env): Env {
    const over = withoutNull(this.kindOf(loop.over, env));
    const locals = new Map(env.locals).set(loop.item, over.is === 'array' ? over.of : any);
    if (loop.index !== undefined) locals.set(loop.index, { is: 'int' });
    return { ...env, locals };
  }

  /** What a name stands for; undefined when nothing is called so. */
  named(name: string, env: Env): Kind | undefined {
    const { file } = env;
    const local = env.locals.get(name);
    if (local !== undefined) return local;
    const param = file.named('param', name);
    if (param !== undefined) return this.declared(param, file);
    const variable = file.named('var', name);
    if (variable !== undefined) return this.kindOf(variable.value, { file, locals: new Map() });
    const resource = file.resources.find((one) => one.resource.name === name);
    if (resource !== undefined) return resourceKind(resource, this.workspace.descriptions);
    const module = file.named('module', name);
    if (module !== undefined) return moduleKind(module, file, this.workspace.sources);
    for (const { names, all, path } of file.all('import')) {
      const found = names.find(({ as }) => as === name);
      const other = this.workspace.sources.bicep(file.beside(path));
      if (found !== undefined)
        return other === undefined
          ? any
          : (this.named(found.name, { file: other, locals: new Map() }) ?? any);
      if (all === name) return other === undefined ? any : this.namespace(other);
    }
    return name === 'az' || name === 'sys' ? any : undefined;
  }

  private find(of: Expression, env: Env): Kind {
    switch (of.kind) {
      case 'text': {
        const [only] = of.pieces;
        return of.pieces.length === 1 && typeof only === 'string' ? { is: 'string', values: [only] } : text;
      }
      case 'literal':
        if (of.value === null) return { is: 'null' };
        return typeof of.value === 'number'
          ? { is: 'int', value: of.value }
          : { is: 'bool', value: of.value };
      case 'list':
        return {
          is: 'array',
          of:
            of.items.length === 0
              ? any
              : unionOf(of.items.map((item) => (item.kind === 'spread' ? any : this.kindOf(item, env)))),
        };
      case 'object':
        return this.object(of, env);
      case 'for':
        return { is: 'array', of: this.kindOf(of.body, this.turn(of, env)) };
      case 'name':
        return this.named(of.name, env) ?? any;
      case 'call':
        return this.call(of, env);
      case 'member':
        return this.member(of, env);
      case 'index':
        return this.item(of, env);
      case 'nested': {
        const child = env.file.resources.find(({ resource }) => resource.name === of.name);
        return child === undefined ? any : resourceKind(child, this.workspace.descriptions);
      }
      case 'unary':
        return of.sign === '!' ? { is: 'bool' } : { is: 'int' };
      case 'binary':
        if (of.sign === '??')
          return unionOf([withoutNull(this.kindOf(of.left, env)), this.kindOf(of.right, env)]);
        return logical.has(of.sign) ? { is: 'bool' } : { is: 'int' };
      case 'choice':
        return unionOf([this.kindOf(of.then, env), this.kindOf(of.otherwise, env)]);
      case 'sure':
        return withoutNull(this.kindOf(of.of, env));
      case 'lambda':
        return any;
    }
  }

  private object(of: Expression & { readonly kind: 'object' }, env: Env): Kind {
    if (of.members.some((member) => member.kind === 'spread' || member.name === undefined)) return openObject;
    let members: ReadonlyMap<string, Member> | undefined;
    return {
      is: 'object',
      name: 'object',
      further: undefined,
      members: () =>
        (members ??= new Map(
          of.members.flatMap((member): readonly (readonly [string, Member])[] =>
            member.kind === 'property' ? [[member.name ?? '', always(this.kindOf(member.value, env))]] : [],
          ),
        )),
    };
  }

  private member(of: Expression & { readonly kind: 'member' }, env: Env): Kind {
    const kinds = alternatives(this.kindOf(of.of, env)).map((kind) =>
      kind.is === 'object' && kind.variants === undefined
        ? (kind.members().get(of.name)?.of ?? kind.further ?? any)
        : any,
    );
    return unionOf(kinds);
  }

  private item(of: Expression & { readonly kind: 'index' }, env: Env): Kind {
    const list = withoutNull(this.kindOf(of.of, env));
    const at = this.kindOf(of.index, env);
    if (list.is === 'array') return list.of;
    if (list.is !== 'object' || at.is !== 'string') return any;
    const named = (at.values ?? []).map((value) => list.members().get(value)?.of ?? list.further ?? any);
    return named.length > 0 ? unionOf(named) : unionOf([...list.members().values()].map((one) => one.of));
  }

  private call(of: Expression & { readonly kind: 'call' }, env: Env): Kind {
    if (of.of !== undefined && !(of.of.kind === 'name' && ['az', 'sys'].includes(of.of.name))) {
      const from = of.of.kind === 'name' ? importOf(of.of.name, env.file, this.workspace.sources) : undefined;
      const own = from === undefined ? undefined : funcOf(of.name, from, this.workspace.sources);
      return own === undefined ? any : kindOfType(own.func.returns, own.file, this.workspace.sources);
    }
    const own = of.of === undefined ? funcOf(of.name, env.file, this.workspace.sources) : undefined;
    if (own !== undefined) return kindOfType(own.func.returns, own.file, this.workspace.sources);
    const builtIn = Object.hasOwn(builtIns, of.name) ? builtIns[of.name] : undefined;
    return returned[builtIn?.returns ?? 'any'] ?? any;
  }

  private namespace(file: BicepFile): Kind {
    const names = [...file.all('var'), ...file.all('type'), ...file.all('func')].map(({ name }) => name);
    return closed(
      file.path,
      new Map(names.map((name) => [name, always(this.named(name, { file, locals: new Map() }) ?? any)])),
    );
  }
}
