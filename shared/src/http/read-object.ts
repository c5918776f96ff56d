import { validateSync, type ValidationError } from 'class-validator';
import { accepts } from './accepts';
import type { Fault } from './problem';
import type { BodyClass } from './route';
import { shapeOf, type Property, type Shape } from './shape';

/**
 * A parsed value → an instance of its request class, its transforms applied, and every fault: of unknown members, of nested
 * ones, of all that is declared. `null` where a member may be left out is left out. `value` stays as it is.
 */
export function inspect<T extends object>(
  type: BodyClass<T>,
  value: unknown,
): { instance: T | undefined; faults: readonly Fault[] } {
  if (!isRecord(value)) {
    return {
      instance: undefined,
      faults: [{ field: '', code: 'isObject', message: 'the body must be a JSON object' }],
    };
  }
  const faults: Fault[] = [];
  const shape = shapeOf(type);
  const instance = build(shape, value, undefined, faults);
  if (!accepts(shape, instance)) {
    const errors = validateSync(instance, { forbidUnknownValues: false, validationError: { target: false } });
    flatten(errors, undefined, faults);
  }
  return { instance: instance as T, faults };
}

type Members = Record<string, unknown>;
const isRecord = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Where a member stands; spelt out only when there is a fault to tell. */
interface Place {
  readonly within: Place | undefined;
  readonly step: string | number;
}

function spelt({ within, step }: Place): string {
  if (within === undefined) return String(step);
  return typeof step === 'number' ? `${spelt(within)}[${step}]` : `${spelt(within)}.${step}`;
}

/**
 * Finds what class-validator would let pass: members called as those of every object (`constructor`, `__proto__`), an array
 * where an object belongs, arrays within arrays; and spares it arrays that are refused for their length alone.
 */
function build(shape: Shape, members: Members, within: Place | undefined, faults: Fault[]): Members {
  const instance = new shape.type() as Members;
  for (const name of Object.keys(members)) {
    const property = shape.properties.get(name);
    const value = members[name];
    if (property === undefined) {
      const field = spelt({ within, step: name });
      faults.push({ field, code: 'unknown', message: `${field} is not known here` });
    } else if (
      property.nested !== undefined &&
      value !== undefined &&
      !(value === null && property.optional)
    ) {
      instance[name] = buildNested(property.nested, property, value, { within, step: name }, faults);
    } else if (value !== null || !property.optional) {
      instance[name] = property.transform === undefined ? value : property.transform(value);
    }
  }
  return instance;
}

type Nested = NonNullable<Property['nested']>;

function buildNested(
  { type, each }: Nested,
  { most }: Property,
  value: unknown,
  at: Place,
  faults: Fault[],
): unknown {
  const shape = shapeOf(type);
  if (!each) return buildOne(shape, value, at, faults);
  if (!Array.isArray(value)) {
    faults.push({ field: spelt(at), code: 'isArray', message: `${spelt(at)} must be an array` });
    return value;
  }
  // One too many is enough to be refused.
  const items: unknown[] = most !== undefined && value.length > most ? value.slice(0, most + 1) : value;
  return items.map((item, step) => buildOne(shape, item, { within: at, step }, faults));
}

function buildOne(shape: Shape, value: unknown, at: Place, faults: Fault[]): unknown {
  if (isRecord(value)) return build(shape, value, at, faults);
  faults.push({ field: spelt(at), code: 'isObject', message: `${spelt(at)} must be an object` });
  return value;
}

function flatten(
  errors: readonly ValidationError[],
  within: Place | undefined,
  faults: Fault[],
  inArray = false,
): void {
  for (const error of errors) {
    const at = { within, step: inArray ? Number(error.property) : error.property };
    const field = spelt(at);
    for (const [code, message] of Object.entries(error.constraints ?? {})) {
      // Said above already, and in plainer words.
      const said =
        code === 'nestedValidation' || faults.some((fault) => fault.field === field && fault.code === code);
      if (!said) faults.push({ field, code, message });
    }
    if (error.children) flatten(error.children, at, faults, Array.isArray(error.value));
  }
}
