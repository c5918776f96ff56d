import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { ARRAY_MAX_SIZE, ValidationTypes, getMetadataStorage } from 'class-validator';
import type { BodyClass } from './route';
import { transformOf } from './transforms';

type ValidationMetadata = ReturnType<
  ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']
>[number];

/** What a request class declares: its properties, and which of them are objects with classes of their own. */
export interface Shape {
  readonly type: BodyClass<object>;
  readonly properties: ReadonlyMap<string, Property>;
}

export interface Property {
  readonly name: string;
  readonly rules: readonly ValidationMetadata[];
  /** May be left out: IsOptional, or a condition. */
  readonly optional: boolean;
  /** The most items of an array, where `@ArrayMaxSize` says. */
  readonly most: number | undefined;
  /** `@ValidateNested` and `@Type`. */
  readonly nested: { readonly type: BodyClass<object>; readonly each: boolean } | undefined;
  readonly transform: ((value: unknown) => unknown) | undefined;
}

const known = new WeakMap<BodyClass<object>, Shape>();

/** Throws, at its first use, for a class that could not be read as it is declared. */
export function shapeOf(type: BodyClass<object>): Shape {
  const before = known.get(type);
  if (before) return before;
  const rules = getMetadataStorage().getTargetValidationMetadatas(type, '', false, false);
  const names = [...new Set(rules.map((rule) => rule.propertyName))];
  const shape: Shape = {
    type,
    properties: new Map(names.map((name) => [name, propertyOf(type, name, rules)])),
  };
  known.set(type, shape);
  return shape;
}

function propertyOf(type: BodyClass<object>, name: string, all: readonly ValidationMetadata[]): Property {
  const rules = all.filter((rule) => rule.propertyName === name);
  const complain = (what: string): never => {
    throw new Error(`${type.name}.${name} ${what}`);
  };
  if (rules.some(isAsynchronous)) complain('has a validator that answers later: none is waited for');
  if (isChanged(type, name))
    complain('is changed by class-transformer: use the decorators of shared/http instead');
  const nesting = rules.find((rule) => rule.type === ValidationTypes.NESTED_VALIDATION);
  const className =
    nesting && (classOf(type, name) ?? complain('is @ValidateNested, but no @Type says of which class'));
  const most: unknown = rules.find((rule) => rule.name === ARRAY_MAX_SIZE)?.constraints[0];
  return {
    name,
    rules,
    optional: rules.some((rule) => rule.type === ValidationTypes.CONDITIONAL_VALIDATION),
    most: typeof most === 'number' ? most : undefined,
    nested: nesting && className ? { type: className, each: nesting.each } : undefined,
    transform: transformOf(type.prototype as object, name),
  };
}

const isAsynchronous = (rule: ValidationMetadata): boolean =>
  rule.type === ValidationTypes.CUSTOM_VALIDATION &&
  getMetadataStorage()
    .getTargetValidatorConstraints(rule.constraintCls)
    .some((constraint) => constraint.async);

const made = (type: BodyClass<object>, name: string, value: unknown): unknown =>
  (plainToInstance(type, { [name]: value }) as Record<string, unknown>)[name];

/** What `@Type` declares: class-transformer keeps that to itself, but shows it by what it makes. */
function classOf(type: BodyClass<object>, name: string): BodyClass<object> | undefined {
  const one = made(type, name, {});
  const constructed =
    typeof one === 'object' && one !== null ? (one.constructor as BodyClass<object>) : Object;
  return constructed === Object ? undefined : constructed;
}

// `@Transform` and `@Type(() => Number)` would coerce what a JSON body says; objects are built without asking them.
const isChanged = (type: BodyClass<object>, name: string): boolean =>
  ['5', 'true', ' Text ', ''].some((text) => made(type, name, text) !== text);
