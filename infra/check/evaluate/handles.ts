import { type DeclaredResource } from '../read/file';
import { type Module } from '../read/syntax';
import { pathOf } from './azure';
import { bodyOf, conditionOf, memberOf } from './bodies';
import { Held, type Frame, type Scene, type Thing } from './frame';
import { isObject, textOf, unknown, type Value, type ValueObject } from './value';

/** A resource as one evaluation of its file makes it; in a loop there is one for each item. */
export class ResourceHandle extends Held {
  private known: ValueObject | undefined;

  constructor(
    readonly declared: DeclaredResource,
    readonly frame: Frame,
    /** The one that it is declared inside of. */
    readonly within: ResourceHandle | undefined,
  ) {
    super();
  }

  get label(): string {
    return `${this.type} ${this.name}`;
  }

  get type(): string {
    return this.declared.type;
  }

  /** What stands in the body, evaluated, but for `parent`, `scope` and `dependsOn`. */
  get body(): ValueObject {
    return (this.known ??= bodyOf(this.declared.resource.body, this.frame));
  }

  get condition(): Value {
    const own = conditionOf(this.declared.resource, this.frame);
    return this.within === undefined || own === false ? own : this.within.condition;
  }

  get parent(): ResourceHandle | undefined {
    const parent = this.member('parent');
    return parent instanceof ResourceHandle ? parent : this.within;
  }

  /** With its parents' names before it: `server/database`. */
  get name(): string {
    const own = textOf(this.body['name'] ?? unknown(`${this.declared.resource.name}.name`));
    return this.parent === undefined ? own : `${this.parent.name}/${own}`;
  }

  /** The id of what it lies in or extends. */
  get scope(): string {
    if (this.parent !== undefined) return this.parent.scope;
    const scope = this.member('scope');
    if (scope instanceof ResourceHandle) return scope.id;
    const id = isObject(scope) ? scope['id'] : undefined;
    return typeof id === 'string' ? id : this.frame.scene.place.id;
  }

  get id(): string {
    if (this.type === 'Microsoft.Resources/resourceGroups')
      return `${this.scope}/resourceGroups/${this.name}`;
    return `${this.scope}/providers/${pathOf(this.type, this.name.split('/'))}`;
  }

  read(name: string): Thing {
    if (name === 'id') return this.id;
    if (name === 'name') return this.body['name'] ?? this.name;
    if (name === 'type') return this.type;
    if (name === 'apiVersion') return this.declared.apiVersion;
    const value = this.body[name];
    return value === undefined || name === 'properties' || name === 'identity'
      ? unknown(`${this.label}.${name}`, value)
      : value;
  }

  private member(key: string): Thing | undefined {
    return memberOf(this.declared.resource.body, key, this.frame);
  }
}

/** A module as one evaluation of its file calls it. */
export class ModuleHandle<S extends Scene = Scene> extends Held {
  private made: S | undefined;

  constructor(
    readonly module: Module,
    readonly frame: Frame,
    private readonly make: () => S,
  ) {
    super();
  }

  get label(): string {
    return `module ${this.module.name}`;
  }

  /** The module's own file, evaluated with the parameters given here. */
  get inner(): S {
    return (this.made ??= this.make());
  }

  get condition(): Value {
    return conditionOf(this.module, this.frame);
  }

  read(name: string): Thing {
    return name === 'outputs' ? new Outputs(this) : unknown(`${this.label}.${name}`);
  }
}

class Outputs extends Held {
  constructor(private readonly of: ModuleHandle) {
    super();
  }
  get label(): string {
    return `${this.of.label}.outputs`;
  }
  read(name: string, at: number): Thing {
    return this.of.inner.output(name, at);
  }
}

/** `import * as x`, and Bicep's own `az` and `sys`, which hold functions alone. */
export class Namespace extends Held {
  constructor(
    readonly label: string,
    private readonly of: Scene | undefined,
  ) {
    super();
  }
  read(name: string, at: number): Thing {
    return this.of?.named(name, at) ?? unknown(`${this.label}.${name}`);
  }
  function(name: string): ReturnType<Scene['function']> {
    return this.of?.function(name);
  }
}
