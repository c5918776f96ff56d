import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { accepts } from './accepts';
import type { Fault } from './problem';
import type { BodyClass } from './route';
import { shapeOf, type Property, type Shape } from './shape';

/**
 * A parsed value → an instance of its request class with its transforms applied, and every fault: of unknown members, of
 * nested ones, of all that is declared. `null` where a member may be left out is left out. Changes `value`: what is refused
 * or null goes, and arrays that are too long are cut one item behind their limit.
 */
export function inspect<T extends object>(
  type: BodyClass<T>,
  value: unknown,
): { instance: T | undefined; faults: readonly Fault[] } {
  const faults: Fault[] = [];
  if (!isRecord(value))
    return {
      instance: undefined,
      faults: [{ field: '', code: 'isObject', message: 'the body must be a JSON object' }],
    };
  const shape = shapeOf(type);
  tidy(value, shape, '', faults);
  const instance = plainToInstance(type, value);
  if (accepts(shape, instance as Members)) return { instance, faults };
  const errors = validateSync(instance, { forbidUnknownValues: false, validationError: { target: false } });
  if (errors.length > 0) flatten(errors, '', false, faults);
  return { instance, faults };
}

type Members = Record<string, unknown>;
const isRecord = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * What class-validator would let pass: members called as those of every object (`constructor`, `__proto__`), an array
 * where an object belongs, arrays within arrays; and work without end on arrays that are refused for their length.
 */
function tidy(members: Members, shape: Shape, path: string, faults: Fault[]): void {
  for (const name of Object.keys(members)) {
    const property = shape.properties.get(name);
    const field = path === '' ? name : `${path}.${name}`;
    if (property === undefined) {
      faults.push({ field, code: 'unknown', message: `${field} is not known here` });
      Reflect.deleteProperty(members, name);
    } else if (members[name] === null && property.optional) {
      Reflect.deleteProperty(members, name);
    } else {
      tidyValue(members[name], property, field, faults);
    }
  }
}

function tidyValue(value: unknown, property: Property, field: string, faults: Fault[]): void {
  if (property.most !== undefined && Array.isArray(value) && value.length > property.most)
    value.length = property.most + 1;
  if (property.nested === undefined) return;
  const shape = shapeOf(property.nested.type);
  if (!property.nested.each) {
    if (isRecord(value)) tidy(value, shape, field, faults);
    else if (value !== undefined) faults.push(notAnObject(field));
  } else if (Array.isArray(value)) {
    (value as unknown[]).forEach((item, i) => {
      if (isRecord(item)) tidy(item, shape, `${field}[${i}]`, faults);
      else faults.push(notAnObject(`${field}[${i}]`));
    });
  } else if (value !== undefined) {
    faults.push({ field, code: 'isArray', message: `${field} must be an array` });
  }
}

const notAnObject = (field: string): Fault => ({
  field,
  code: 'isObject',
  message: `${field} must be an object`,
});

function flatten(errors: readonly ValidationError[], path: string, inArray: boolean, faults: Fault[]): void {
  for (const error of errors) {
    const field = inArray
      ? `${path}[${error.property}]`
      : path === ''
        ? error.property
        : `${path}.${error.property}`;
    for (const [code, message] of Object.entries(error.constraints ?? {})) {
      // Said above already, and in plainer words.
      const said =
        code === 'nestedValidation' || faults.some((fault) => fault.field === field && fault.code === code);
      if (!said) faults.push({ field, code, message });
    }
    if (error.children) flatten(error.children, field, Array.isArray(error.value), faults);
  }
}
