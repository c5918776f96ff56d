import { type Expression, type ObjectExpression } from '../read/syntax';
import { type Closure } from './built-in';
import { call } from './calls';
import { faultAt, isHandle, isThings, plain, withLocals, type Frame, type Thing } from './frame';
import { isList, isObject, isUnknown, same, textOf, unknown, type Value, type ValueObject } from './value';

/** @throws EvaluationFault where it can't come to anything, whatever Azure would say. */
export function evaluate(of: Expression, frame: Frame): Value {
  return plain(thing(of, frame));
}

export function thing(of: Expression, frame: Frame): Thing {
  switch (of.kind) {
    case 'text':
      return of.pieces.length === 1 && typeof of.pieces[0] === 'string'
        ? of.pieces[0]
        : of.pieces
            .map((piece) => (typeof piece === 'string' ? piece : textOf(evaluate(piece, frame))))
            .join('');
    case 'literal':
      return of.value;
    case 'list':
      return of.items.flatMap((item): readonly Thing[] => {
        const one = thing(item.kind === 'spread' ? item.of : item, frame);
        return item.kind === 'spread' && isThings(one) ? one : [one];
      });
    case 'object':
      return objectOf(of, frame);
    case 'for':
      return looped(of, frame).map((inner) => evaluate(of.body, inner));
    case 'name':
      return frame.locals.get(of.name) ?? frame.scene.named(of.name, of.at);
    case 'call':
      return call(
        of,
        of.of === undefined ? undefined : thing(of.of, frame),
        of.arguments.map((argument) => thing(argument, frame)),
        frame.scene,
      );
    case 'member':
    case 'index':
      return chained(of, frame) ?? null;
    case 'nested':
      return frame.scene.child(thing(of.of, frame), of.name, of.at);
    case 'unary': {
      const value = evaluate(of.of, frame);
      if (isUnknown(value)) return unknown(`${of.sign}${value.name}`);
      return of.sign === '!' ? value !== true : -Number(value);
    }
    case 'binary':
      return binary(of, frame);
    case 'choice': {
      const condition = evaluate(of.condition, frame);
      if (!isUnknown(condition)) return thing(condition === true ? of.then : of.otherwise, frame);
      const [then, otherwise] = [evaluate(of.then, frame), evaluate(of.otherwise, frame)];
      return same(then, otherwise)
        ? then
        : unknown(`${condition.name} ? ${textOf(then)} : ${textOf(otherwise)}`);
    }
    case 'lambda': {
      const closure: Closure = (...given) =>
        evaluate(
          of.body,
          withLocals(
            frame,
            of.parameters.map((name, at) => [name, given[at] ?? null]),
          ),
        );
      return closure;
    }
    case 'sure':
      return thing(of.of, frame);
  }
}

/** The frames of a loop's turns; one turn for a list that only Azure knows. */
export function looped(
  loop: { readonly item: string; readonly index: string | undefined; readonly over: Expression },
  frame: Frame,
): readonly Frame[] {
  const over = thing(loop.over, frame);
  const items = isThings(over) ? over : isUnknown(over) ? [unknown(`${over.name}[]`)] : [];
  return items.map((item, at) =>
    withLocals(frame, [[loop.item, item], ...(loop.index === undefined ? [] : [[loop.index, at] as const])]),
  );
}

type Access = Expression & { readonly kind: 'member' | 'index' };

/** undefined where a `.?` or `[?…]` found nothing: what is read of that is null too, without a fault. */
function chained(of: Access, frame: Frame): Thing | undefined {
  const inner =
    of.of.kind === 'member' || of.of.kind === 'index' ? chained(of.of, frame) : thing(of.of, frame);
  if (inner === undefined) return undefined;
  const found = of.kind === 'member' ? member(inner, of.name, of.at) : index(inner, of, frame);
  if (found !== undefined || of.safe) return found;
  throw faultAt(frame.scene, of.at, `there is no ${nameOf(of)} in ${keysOf(inner)}`);
}

const nameOf = (of: Access) => (of.kind === 'member' ? `“${of.name}”` : 'such item');
const keysOf = (of: Thing) =>
  isObject(of) ? `what has ${Object.keys(of).join(', ') || 'nothing'}` : textOf(plain(of));

function member(of: Thing, name: string, at: number): Thing | undefined {
  if (isHandle(of)) return of.read(name, at);
  if (isUnknown(of)) return reading(`${of.name}.${name}`, isObject(of.known) ? of.known[name] : undefined);
  return isObject(of) ? of[name] : undefined;
}

function index(list: Thing, of: Access & { readonly kind: 'index' }, frame: Frame): Thing | undefined {
  const at = evaluate(of.index, frame);
  if (typeof at === 'string') return member(list, at, of.at);
  const name = `${textOf(plain(list))}[${textOf(at)}]`;
  const item = (items: readonly Thing[]) => items.at(of.fromEnd ? -Number(at) : Number(at));
  if (isUnknown(at)) return unknown(name);
  if (isUnknown(list)) return reading(name, isList(list.known) ? plain(item(list.known) ?? null) : undefined);
  return isThings(list) ? item(list) : undefined;
}

/** What the body says plainly is known; of the rest Azure may know more. */
function reading(name: string, body: Value | undefined): Value {
  return typeof body === 'object' || body === undefined ? unknown(name, body) : body;
}

const numeric: Readonly<Record<string, (left: number, right: number) => Value>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => Math.trunc(left / right),
  '%': (left, right) => left % right,
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
};

function binary(of: Expression & { readonly kind: 'binary' }, frame: Frame): Thing {
  const left = thing(of.left, frame);
  if (of.sign === '??') return left === null ? thing(of.right, frame) : left;
  if (of.sign === '&&' && left === false) return false;
  if (of.sign === '||' && left === true) return true;
  const [one, other] = [plain(left), evaluate(of.right, frame)];
  if (of.sign === '&&' && other === false) return false;
  if (of.sign === '||' && other === true) return true;
  if (isUnknown(one) || isUnknown(other)) return unknown(`${textOf(one)} ${of.sign} ${textOf(other)}`);
  if (of.sign === '&&' || of.sign === '||') return other === true;
  const alike = of.sign.includes('~')
    ? textOf(one).toLowerCase() === textOf(other).toLowerCase()
    : same(one, other);
  if (of.sign === '==' || of.sign === '=~') return alike;
  if (of.sign === '!=' || of.sign === '!~') return !alike;
  return numeric[of.sign]?.(Number(one), Number(other)) ?? unknown(of.sign);
}

export function objectOf(of: ObjectExpression, frame: Frame): ValueObject {
  const all: Record<string, Value> = {};
  for (const member of of.members)
    if (member.kind === 'property') all[textOf(evaluate(member.key, frame))] = evaluate(member.value, frame);
    else {
      const more = evaluate(member.of, frame);
      if (isObject(more)) Object.assign(all, more);
      else if (isUnknown(more)) all[`...${more.name}`] = more;
    }
  return all;
}
