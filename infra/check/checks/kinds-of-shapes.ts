import { type Description, type Shape } from '../describe/description';
import { any, type Kind, type Member, type ObjectKind } from './kind';

const made = new WeakMap<Description, Map<number, ObjectKind>>();

/** What a description says that a resource's body is. */
export function bodyKind(description: Description): Kind {
  return kindOfShape(description, description.body, description.type);
}

function kindOfShape(description: Description, shape: Shape, name: string): Kind {
  if (typeof shape === 'number') return objectKind(description, shape, name);
  switch (shape.is) {
    case 'array':
      return { ...shape, of: kindOfShape(description, shape.of, name) };
    case 'union':
      return { is: 'union', of: shape.of.map((one) => kindOfShape(description, one, name)) };
    case 'string':
    case 'int':
    case 'bool':
    case 'null':
    case 'any':
      return shape;
  }
}

function objectKind(description: Description, number: number, name: string): Kind {
  const shape = description.objects[number];
  if (shape === undefined) return any;
  const known = made.get(description) ?? new Map<number, ObjectKind>();
  made.set(description, known);
  const before = known.get(number);
  if (before !== undefined) return before;
  let members: ReadonlyMap<string, Member> | undefined;
  const kind: ObjectKind = {
    is: 'object',
    name,
    members: () =>
      (members ??= new Map(
        Object.entries(shape.properties).map(([key, { of, required = false, readOnly = false }]) => [
          key,
          { of: kindOfShape(description, of, key), required: required && !readOnly, readOnly },
        ]),
      )),
    further: shape.further === undefined ? undefined : kindOfShape(description, shape.further, name),
    ...(shape.by === undefined
      ? {}
      : {
          by: shape.by,
          variants: new Map(
            Object.entries(shape.variants ?? {}).map(([value, of]) => [
              value,
              kindOfShape(description, of, name),
            ]),
          ),
        }),
  };
  known.set(number, kind);
  return kind;
}
