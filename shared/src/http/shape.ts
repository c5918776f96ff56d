import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { ARRAY_MAX_SIZE, ValidationTypes, getMetadataStorage } from 'class-validator';
import type { BodyClass } from './route';

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
  readonly nested: { readonly type: BodyClass<object>; readonly each: boolean } | undefined;
}

const known = new WeakMap<BodyClass<object>, Shape>();

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
  const nesting = rules.find((rule) => rule.type === ValidationTypes.NESTED_VALIDATION);
  const className = nesting && classOf(type, name);
  if (nesting && !className)
    throw new Error(`${type.name}.${name} is @ValidateNested, but no @Type says of which class`);
  if (rules.some(isAsynchronous))
    throw new Error(`${type.name}.${name} has a validator that answers later: none is waited for`);
  const most: unknown = rules.find((rule) => rule.name === ARRAY_MAX_SIZE)?.constraints[0];
  return {
    name,
    rules,
    most: typeof most === 'number' ? most : undefined,
    optional: rules.some((rule) => rule.type === ValidationTypes.CONDITIONAL_VALIDATION),
    nested: nesting && className ? { type: className, each: nesting.each } : undefined,
  };
}

const isAsynchronous = (rule: ValidationMetadata): boolean =>
  rule.type === ValidationTypes.CUSTOM_VALIDATION &&
  getMetadataStorage()
    .getTargetValidatorConstraints(rule.constraintCls)
    .some((constraint) => constraint.async);

/** What `@Type` declares: class-transformer keeps that to itself, but shows it by what it makes. */
function classOf(type: BodyClass<object>, name: string): BodyClass<object> | undefined {
  const made = (plainToInstance(type, { [name]: {} }) as Record<string, unknown>)[name];
  const constructed =
    typeof made === 'object' && made !== null ? (made.constructor as BodyClass<object>) : Object;
  return constructed === Object ? undefined : (constructed as BodyClass<object>);
}
