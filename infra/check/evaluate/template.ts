import { type BicepFile, type DeclaredResource } from '../read/file';
import { type Sources } from '../read/sources';
import { type Func, type Module } from '../read/syntax';
import { memberOf } from './bodies';
import { evaluate, looped, thing } from './expressions';
import { faultAt, withLocals, type Frame, type Place, type Scene, type Thing } from './frame';
import { ModuleHandle, Namespace, ResourceHandle } from './handles';
import { isObject, unknown, type Value, type ValueObject } from './value';

const pending = Symbol('pending');

/** One evaluation of a file: its parameters are settled, the rest is worked out when asked for. */
export class Template implements Scene {
  private readonly names = new Map<string, Thing | typeof pending>();
  private readonly made = new Map<DeclaredResource, readonly ResourceHandle[]>();
  private readonly calls = new Map<Module, readonly ModuleHandle<Template>[]>();
  private readonly frame: Frame = { scene: this, locals: new Map() };

  constructor(
    readonly sources: Sources,
    readonly file: BicepFile,
    readonly parameters: ValueObject,
    readonly place: Place,
  ) {}

  /** @param at where it is asked for */
  named(name: string, at: number): Thing {
    const known = this.names.get(name);
    if (known === pending) throw faultAt(this, at, `“${name}” goes round in a circle`);
    if (known !== undefined) return known;
    this.names.set(name, pending);
    const found = this.find(name);
    if (found === undefined) throw faultAt(this, at, `nothing is called “${name}”`);
    this.names.set(name, found);
    return found;
  }

  function(name: string): ((given: readonly Thing[]) => Value) | undefined {
    const func = this.file.named('func', name);
    if (func !== undefined) return (given) => this.run(func, given);
    const from = this.imported(name);
    return from?.template.function(from.name);
  }

  output(name: string, at: number): Value {
    const output = this.file.named('output', name);
    if (output === undefined) throw faultAt(this, at, `${this.file.path} has no output “${name}”`);
    return evaluate(output.value, this.frame);
  }

  get outputs(): ValueObject {
    return Object.fromEntries(this.file.all('output').map(({ name, at }) => [name, this.output(name, at)]));
  }

  get resources(): readonly ResourceHandle[] {
    return this.file.resources.flatMap((declared) => this.handlesOf(declared));
  }

  get modules(): readonly ModuleHandle<Template>[] {
    return this.file.all('module').flatMap((module) => this.callsOf(module));
  }

  child(parent: Thing, name: string, at: number): Thing {
    const children = this.handles(name).filter((child) => child.within === parent);
    const [child] = children;
    if (child === undefined) throw faultAt(this, at, `no resource “${name}” is declared inside it`);
    return child.declared.resource.loop === undefined ? child : children;
  }

  private handles(name: string): readonly ResourceHandle[] {
    return this.resources.filter(({ declared }) => declared.resource.name === name);
  }

  private find(name: string): Thing | undefined {
    const param = this.file.named('param', name);
    if (param !== undefined) {
      const given = this.parameters[name];
      if (given !== undefined && (given !== null || param.value === undefined)) return given;
      if (param.value !== undefined) return evaluate(param.value, this.frame);
      return param.type.kind === 'type-nullable' ? null : unknown(name);
    }
    const variable = this.file.named('var', name);
    if (variable !== undefined) return thing(variable.value, this.frame);
    const handles = this.handles(name);
    const declared = this.file.resources.find(({ resource }) => resource.name === name);
    if (declared !== undefined) return this.many(declared) ? handles : handles[0];
    const module = this.file.named('module', name);
    if (module !== undefined)
      return module.loop === undefined ? this.callsOf(module)[0] : this.callsOf(module);
    const whole = this.file.all('import').find(({ all }) => all === name);
    if (whole !== undefined) return new Namespace(name, this.taken(whole.path));
    const from = this.imported(name);
    if (from !== undefined) return from.template.named(from.name, 0);
    return name === 'az' || name === 'sys' ? new Namespace(name, undefined) : undefined;
  }

  private many({ resource, within }: DeclaredResource): boolean {
    return resource.loop !== undefined || (within !== undefined && this.many(within));
  }

  private imported(name: string): { readonly template: Template; readonly name: string } | undefined {
    for (const { names, path } of this.file.all('import')) {
      const found = names.find((one) => one.as === name);
      const template = found === undefined ? undefined : this.taken(path);
      if (found !== undefined && template !== undefined) return { template, name: found.name };
    }
    return undefined;
  }

  private taken(path: string): Template | undefined {
    const file = this.sources.bicep(this.file.beside(path));
    return file === undefined ? undefined : new Template(this.sources, file, {}, this.place);
  }

  private handlesOf(declared: DeclaredResource): readonly ResourceHandle[] {
    const known = this.made.get(declared);
    if (known !== undefined) return known;
    const parents = declared.within === undefined ? [undefined] : this.handlesOf(declared.within);
    const handles = parents.flatMap((parent) => {
      const frame = parent?.frame ?? this.frame;
      const frames = declared.resource.loop === undefined ? [frame] : looped(declared.resource.loop, frame);
      return frames.map((turn) => new ResourceHandle(declared, turn, parent));
    });
    this.made.set(declared, handles);
    return handles;
  }

  private callsOf(module: Module): readonly ModuleHandle<Template>[] {
    const known = this.calls.get(module);
    if (known !== undefined) return known;
    const frames = module.loop === undefined ? [this.frame] : looped(module.loop, this.frame);
    const calls = frames.map((frame) => new ModuleHandle(module, frame, () => this.call(module, frame)));
    this.calls.set(module, calls);
    return calls;
  }

  private call(module: Module, frame: Frame): Template {
    const file = this.sources.bicep(this.file.beside(module.path));
    if (file === undefined) throw faultAt(this, module.at, `there is no file ${module.path}`);
    const params = memberOf(module.body, 'params', frame);
    const place = this.placeOf(memberOf(module.body, 'scope', frame));
    return new Template(this.sources, file, isObject(params) ? params : {}, place);
  }

  private placeOf(scope: Thing | undefined): Place {
    if (scope instanceof ResourceHandle) {
      const { location = this.place.location, tags = {} } = scope.body;
      return { ...this.place, id: scope.id, location, tags };
    }
    const id = isObject(scope) ? scope['id'] : undefined;
    return typeof id === 'string' ? { ...this.place, id } : this.place;
  }

  private run({ parameters, body }: Func, given: readonly Thing[]): Value {
    return evaluate(
      body,
      withLocals(
        this.frame,
        parameters.map(({ name }, at) => [name, given[at] ?? null]),
      ),
    );
  }
}
