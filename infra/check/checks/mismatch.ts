import { alternatives, slipOf, wording, type Kind, type ObjectKind, type TextKind } from './kind';

/** Why what is `given` can't stand where `wanted` is; undefined when it can, or when nobody can tell. */
export function mismatch(given: Kind, wanted: Kind, depth = 0): string | undefined {
  if (given.is === 'any' || wanted.is === 'any' || depth > 8) return undefined;
  const places = alternatives(wanted);
  for (const one of alternatives(given)) {
    const reasons = places.map((place) => mismatchOfOne(one, place, depth));
    if (reasons.length > 0 && reasons.every((reason) => reason !== undefined))
      return reasons.length === 1 ? reasons[0] : `${wording(one)} is given, not ${wording(wanted)}`;
  }
  return undefined;
}

function mismatchOfOne(given: Kind, wanted: Kind, depth: number): string | undefined {
  if (given.is === 'any' || wanted.is === 'any') return undefined;
  if (given.is !== wanted.is) return `${wording(given)} is given, not ${wording(wanted)}`;
  if (given.is === 'string' && wanted.is === 'string') return mismatchOfTexts(given, wanted);
  if (given.is === 'int' && wanted.is === 'int' && given.value !== undefined) {
    if (wanted.value !== undefined && wanted.value !== given.value)
      return `${given.value} is given, not ${wanted.value}`;
    if (wanted.min !== undefined && given.value < wanted.min)
      return `${given.value} is less than ${wanted.min}`;
    if (wanted.max !== undefined && given.value > wanted.max)
      return `${given.value} is more than ${wanted.max}`;
  }
  if (given.is === 'bool' && wanted.is === 'bool' && given.value !== undefined && wanted.value !== undefined)
    return given.value === wanted.value ? undefined : `${given.value} is given, not ${wanted.value}`;
  if (given.is === 'array' && wanted.is === 'array') return mismatch(given.of, wanted.of, depth + 1);
  if (given.is === 'object' && wanted.is === 'object') return mismatchOfObjects(given, wanted, depth);
  return undefined;
}

function mismatchOfTexts(given: TextKind, wanted: TextKind): string | undefined {
  for (const value of given.open === true ? [] : (given.values ?? [])) {
    if (wanted.values !== undefined && wanted.open !== true && !wanted.values.includes(value))
      return `“${value}” is not ${wording(wanted)}`;
    // Azure may take other values than it lists, but hardly those that are nearly one of them.
    const slip = wanted.values?.includes(value) === true ? undefined : slipOf(value, wanted.values ?? []);
    if (slip !== undefined) return `“${value}” is nearly “${slip}”, which is meant?`;
    if (wanted.min !== undefined && value.length < wanted.min)
      return `“${value}” is shorter than ${wanted.min} characters`;
    if (wanted.max !== undefined && value.length > wanted.max)
      return `“${value}” is longer than ${wanted.max} characters`;
    if (wanted.pattern !== undefined && !new RegExp(wanted.pattern).test(value))
      return `“${value}” does not look like ${wanted.pattern}`;
  }
  return undefined;
}

function mismatchOfObjects(given: ObjectKind, wanted: ObjectKind, depth: number): string | undefined {
  if (given.further !== undefined || wanted.variants !== undefined || given.variants !== undefined)
    return undefined;
  for (const [name, { of }] of given.members()) {
    const place = wanted.members().get(name)?.of ?? wanted.further;
    const inner = place === undefined ? undefined : mismatch(of, place, depth + 1);
    if (inner !== undefined) return `in “${name}” ${inner}`;
  }
  for (const [name, { required }] of wanted.members())
    if (required && !given.members().has(name)) return `“${name}” is missing from ${wording(given)}`;
  return undefined;
}
