/** What an expression comes to. */
export type Value = string | number | boolean | null | Unknown | readonly Value[] | ValueObject;
export interface ValueObject {
  readonly [key: string]: Value;
}
/** What only Azure can tell, or a parameter that wasn't given: known by what it is called. */
export interface Unknown {
  readonly unknown: true;
  readonly name: string;
  /** Of a resource's properties: what its body says of them. Azure may know more. */
  readonly known: Value | undefined;
  toString(): string;
}
// Apart from its type, since a linter's rule goes round for ever in a union of a class and arrays of that union.
class Unnamed implements Unknown {
  readonly unknown = true;
  constructor(
    readonly name: string,
    readonly known: Value | undefined,
  ) {}
  toString(): string {
    return `⟨${this.name}⟩`;
  }
}
export const unknown = (name: string, known?: Value): Unknown => new Unnamed(name, known);
export const isUnknown = (value: unknown): value is Unknown => value instanceof Unnamed;
export const isList = (value: unknown): value is readonly Value[] => Array.isArray(value);
export const isObject = (value: unknown): value is ValueObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !isUnknown(value);

/** As it stands inside a string; an unknown keeps its name between ⟨ and ⟩. */
export function textOf(value: Value): string {
  if (typeof value === 'string') return value;
  if (isUnknown(value)) return String(value);
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return JSON.stringify(value, (_, part: unknown) => (isUnknown(part) ? String(part) : part));
}

export function same(left: Value, right: Value): boolean {
  return textOf(left) === textOf(right) && typeof left === typeof right;
}

/** Whether an unknown is in it, however deep. */
export function holdsUnknown(value: Value): boolean {
  if (typeof value === 'string') return value.includes('⟨');
  if (isUnknown(value)) return true;
  if (isList(value)) return value.some(holdsUnknown);
  return isObject(value) && Object.values(value).some(holdsUnknown);
}

/** Azure's `union` of objects: the later wins, objects are merged all the way down. */
export function merge(left: ValueObject, right: ValueObject): ValueObject {
  const merged: Record<string, Value> = { ...left };
  for (const [key, value] of Object.entries(right)) {
    const before = merged[key];
    merged[key] = isObject(before) && isObject(value) ? merge(before, value) : value;
  }
  return merged;
}
