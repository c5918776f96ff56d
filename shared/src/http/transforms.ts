type Transform = (value: unknown) => unknown;

const declared = new WeakMap<object, Map<string, Transform[]>>();

/**
 * What becomes of a value before it is validated and handed on; several are applied in the order of declaration, the
 * nearest to the property first. It takes anything, and leaves be what it does not know.
 */
export const changedBy =
  (transform: Transform): PropertyDecorator =>
  (target, property) => {
    const ofClass = declared.get(target) ?? new Map<string, Transform[]>();
    declared.set(target, ofClass);
    ofClass.set(String(property), [...(ofClass.get(String(property)) ?? []), transform]);
  };

/** The transforms of a property, its parents' included; undefined: none. */
export function transformOf(prototype: object | null, property: string): Transform | undefined {
  const all: Transform[] = [];
  for (let at = prototype; at !== null; at = Object.getPrototypeOf(at) as object | null)
    all.unshift(...(declared.get(at)?.get(property) ?? []));
  const [only, ...more] = all;
  if (only === undefined || more.length === 0) return only;
  return (value) => all.reduce((changed, transform) => transform(changed), value);
}
