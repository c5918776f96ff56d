import { ValidationTypes, getMetadataStorage, type ValidatorConstraintInterface } from 'class-validator';
import { shapeOf, type Property, type Shape } from './shape';

type Instance = Readonly<Record<string, unknown>>;

/** Answers for one property of an instance. */
type Check = (instance: Instance) => boolean;

const checks = new WeakMap<Shape, readonly Check[]>();

/**
 * Whether class-validator would find no fault. It looks its decorators up anew for each object, which costs more than all
 * else that is done to a request; here they are looked up once a class. It is asked for the faults whenever this says no.
 */
export function accepts(shape: Shape, instance: Instance): boolean {
  let own = checks.get(shape);
  if (own === undefined) {
    own = [...shape.properties.values()].map((property) => checkOf(shape.type.name, property));
    checks.set(shape, own);
  }
  for (const check of own) if (!check(instance)) return false;
  return true;
}

function checkOf(targetName: string, property: Property): Check {
  const { name, rules, nested } = property;
  const conditions = rules
    .filter((rule) => rule.type === ValidationTypes.CONDITIONAL_VALIDATION)
    .map((rule) => rule.constraints[0] as (object: unknown, value: unknown) => boolean);
  const validators = rules
    .filter(({ type }) => type === ValidationTypes.CUSTOM_VALIDATION || type === ValidationTypes.IS_DEFINED)
    .flatMap((rule) =>
      getMetadataStorage()
        .getTargetValidatorConstraints(rule.constraintCls)
        .map((constraint) => ({ rule, constraint: constraint.instance })),
    );
  return (instance) => {
    const value = instance[name];
    for (const applies of conditions) if (!applies(instance, value)) return true;
    for (const { rule, constraint } of validators) {
      if (rule.validateIf?.(instance, value) === false) continue;
      const { constraints } = rule;
      const args = { targetName, property: name, object: instance, value, constraints };
      if (
        !(rule.each && Array.isArray(value)
          ? eachPasses(constraint, value, args)
          : passes(constraint, value, args))
      )
        return false;
    }
    return (
      nested === undefined || value === undefined || nestedPasses(shapeOf(nested.type), value, nested.each)
    );
  };
}

type Arguments = Parameters<ValidatorConstraintInterface['validate']>[1] & object;

// What answers later is not waited for: it counts as no, and the library decides.
const passes = (constraint: ValidatorConstraintInterface, value: unknown, args: Arguments): boolean =>
  constraint.validate(value, args) === true;

function eachPasses(
  constraint: ValidatorConstraintInterface,
  values: readonly unknown[],
  args: Arguments,
): boolean {
  for (const value of values) if (!passes(constraint, value, args)) return false;
  return true;
}

function nestedPasses(shape: Shape, value: unknown, each: boolean): boolean {
  if (!each) return value instanceof shape.type && accepts(shape, value as Instance);
  if (!Array.isArray(value)) return false;
  for (const item of value as unknown[])
    if (!(item instanceof shape.type) || !accepts(shape, item as Instance)) return false;
  return true;
}
