import { type Body, type ObjectExpression } from '../read/syntax';
import { evaluate, objectOf, thing } from './expressions';
import { type Frame, type Thing } from './frame';
import { type Value, type ValueObject } from './value';

/** They say where a resource or a module is and what it waits for, not what it is. */
const aboutPlace = new Set(['parent', 'scope', 'dependsOn']);

export function bodyOf(body: ObjectExpression, frame: Frame): ValueObject {
  const members = body.members.filter(
    (member) => member.kind === 'spread' || !aboutPlace.has(member.name ?? ''),
  );
  return objectOf({ ...body, members }, frame);
}

export function memberOf(body: ObjectExpression, key: string, frame: Frame): Thing | undefined {
  for (const member of body.members)
    if (member.kind === 'property' && member.name === key) return thing(member.value, frame);
  return undefined;
}

export function conditionOf({ condition }: Body, frame: Frame): Value {
  return condition === undefined ? true : evaluate(condition, frame);
}
