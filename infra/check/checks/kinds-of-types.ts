import { type BicepFile } from '../read/file';
import { type Call, type Expression, type ObjectType, type Spread, type Type } from '../read/syntax';
import { type Sources } from '../read/sources';
import {
  alternatives,
  any,
  holdsNull,
  openObject,
  text,
  unionOf,
  withoutNull,
  type Kind,
  type Member,
} from './kind';

const ambient: Readonly<Record<string, Kind>> = {
  string: text,
  int: { is: 'int' },
  bool: { is: 'bool' },
  array: { is: 'array', of: any },
  object: openObject,
  any,
  secureString: text,
  secureObject: openObject,
};
export const ambientTypes: ReadonlySet<string> = new Set(Object.keys(ambient));

/** What a declared type says; `resourceInput<…>` is left to the real compiler. */
export function kindOfType(type: Type, file: BicepFile, sources: Sources): Kind {
  const kind = (of: Type) => kindOfType(of, file, sources);
  switch (type.kind) {
    case 'type-name': {
      const declared = declaration(type.name, file, sources);
      if (declared === undefined) return ambient[type.name] ?? any;
      return decorated(kindOfType(declared.type, declared.file, sources), declared.decorators, type.name);
    }
    case 'type-literal':
      return literal(type.value);
    case 'type-array':
      return { is: 'array', of: kind(type.item) };
    case 'type-tuple':
      return { is: 'array', of: unionOf(type.items.map(kind)) };
    case 'type-union':
      return unionOf(type.of.map(kind));
    case 'type-nullable':
      return unionOf([kind(type.of), { is: 'null' }]);
    case 'type-object':
      return objectKind(type, file, sources);
    case 'type-member':
      return ofMember(type, file, sources);
    case 'type-item': {
      const of = withoutNull(kind(type.of));
      return of.is === 'array' ? of.of : any;
    }
    case 'type-resource':
      return any;
  }
}

/** With what decorators say of it beside its type. */
export function decorated(kind: Kind, decorators: readonly Call[], name?: string): Kind {
  let of = kind;
  for (const { name: decorator, arguments: given } of decorators) {
    const [first] = given;
    const number = first?.kind === 'literal' && typeof first.value === 'number' ? first.value : undefined;
    if (decorator === 'allowed' && first?.kind === 'list') {
      const values = unionOf(first.items.map(literalOf));
      const list = alternatives(of).some(({ is }) => is === 'array');
      of = list ? { is: 'array', of: values } : values;
    }
    if (decorator === 'discriminator' && of.is === 'union') of = discriminated(of.of, first);
    if (number === undefined) continue;
    if ((decorator === 'minLength' || decorator === 'minValue') && limited(of)) of = { ...of, min: number };
    if ((decorator === 'maxLength' || decorator === 'maxValue') && limited(of)) of = { ...of, max: number };
  }
  return of.is === 'object' && name !== undefined && of.name === 'object' ? { ...of, name } : of;
}

function literalOf(item: Expression | Spread): Kind {
  if (item.kind === 'literal') return literal(item.value);
  const [only, ...more] = item.kind === 'text' ? item.pieces : [];
  return typeof only === 'string' && more.length === 0 ? literal(only) : any;
}

type Limited = Extract<Kind, { readonly min?: number }>;
const limited = (kind: Kind): kind is Limited =>
  kind.is === 'string' || kind.is === 'int' || kind.is === 'array';

function literal(value: string | number | boolean | null): Kind {
  if (typeof value === 'string') return { is: 'string', values: [value] };
  if (typeof value === 'number') return { is: 'int', value };
  return value === null ? { is: 'null' } : { is: 'bool', value };
}

function discriminated(of: readonly Kind[], by: Call['arguments'][number] | undefined): Kind {
  const name = by?.kind === 'text' && typeof by.pieces[0] === 'string' ? by.pieces[0] : '';
  const variants = of.flatMap((kind): readonly (readonly [string, Kind])[] => {
    const value = kind.is === 'object' ? kind.members().get(name)?.of : undefined;
    return value?.is === 'string' ? (value.values ?? []).map((one) => [one, kind] as const) : [];
  });
  return {
    is: 'object',
    name: 'object',
    members: () => new Map(),
    further: undefined,
    by: name,
    variants: new Map(variants),
  };
}

function objectKind(type: ObjectType, file: BicepFile, sources: Sources): Kind {
  let members: ReadonlyMap<string, Member> | undefined;
  return {
    is: 'object',
    name: 'object',
    members: () =>
      (members ??= new Map(
        type.properties.map(({ name, type: declared, decorators }) => {
          const of = decorated(kindOfType(declared, file, sources), decorators);
          return [name, { of, required: of.is !== 'any' && !holdsNull(of), readOnly: false }];
        }),
      )),
    further: type.further === undefined ? undefined : kindOfType(type.further, file, sources),
  };
}

function ofMember(type: Type & { readonly kind: 'type-member' }, file: BicepFile, sources: Sources): Kind {
  if (type.of.kind === 'type-name') {
    const { name } = type.of;
    if (name === 'sys') return ambient[type.name] ?? any;
    const from = file.all('import').find(({ all }) => all === name);
    const other = from === undefined ? undefined : sources.bicep(file.beside(from.path));
    if (other !== undefined)
      return kindOfType({ kind: 'type-name', at: type.at, name: type.name }, other, sources);
  }
  const of = withoutNull(kindOfType(type.of, file, sources));
  if (of.is !== 'object') return any;
  return (type.name === '*' ? of.further : of.members().get(type.name)?.of) ?? any;
}

function declaration(name: string, file: BicepFile, sources: Sources) {
  const own = file.named('type', name);
  if (own !== undefined) return { type: own.type, file, decorators: own.decorators };
  for (const { names, path } of file.all('import')) {
    const found = names.find(({ as }) => as === name);
    const other = found === undefined ? undefined : sources.bicep(file.beside(path));
    const type = found === undefined ? undefined : other?.named('type', found.name);
    if (other !== undefined && type !== undefined)
      return { type: type.type, file: other, decorators: type.decorators };
  }
  return undefined;
}
