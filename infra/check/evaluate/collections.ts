import { builtIn, many, type BuiltIn, type Closure } from './built-in';
import { isList, isObject, merge, same, textOf, type Value, type ValueObject } from './value';

type List = readonly Value[];
type Sized = string | List | ValueObject;

const length = (value: Sized) => (isObject(value) ? Object.keys(value).length : value.length);
const entries = (value: ValueObject) =>
  Object.entries(value)
    .map(([key, of]) => ({ key, value: of }))
    .sort((one, other) => (one.key < other.key ? -1 : 1));
const distinct = (list: List) =>
  list.filter((item, at) => list.findIndex((other) => same(item, other)) === at);
const slice = (of: string | List, from: number, to?: number) => of.slice(Math.max(0, from), to);
const where = (of: string | List, item: Value, last: boolean) => {
  if (typeof of === 'string') {
    const [text, part] = [of.toLowerCase(), textOf(item).toLowerCase()];
    return last ? text.lastIndexOf(part) : text.indexOf(part);
  }
  return last ? of.findLastIndex((one) => same(one, item)) : of.findIndex((one) => same(one, item));
};
const numbers = (given: List) => given.flat() as readonly number[];
const toObject = (list: List, key: Closure, value: Closure = (item = null) => item) =>
  Object.fromEntries(list.map((item) => [textOf(key(item)), value(item)]));

export const collections: Readonly<Record<string, BuiltIn>> = {
  concat: builtIn('any', [1, many], (...given: List) =>
    given.every(isList) ? given.flat() : given.map(textOf).join(''),
  ),
  join: builtIn<[List, string]>('string', [2, 2], (list, by) => list.map(textOf).join(by)),
  length: builtIn<[Sized]>('int', [1, 1], length),
  empty: builtIn<[Sized | null]>('bool', [1, 1], (value) => value === null || length(value) === 0),
  contains: builtIn<[Sized, Value]>('bool', [2, 2], (of, item) =>
    isObject(of)
      ? Object.keys(of).some((key) => key.toLowerCase() === textOf(item).toLowerCase())
      : typeof of === 'string'
        ? of.includes(textOf(item))
        : of.some((one) => same(one, item)),
  ),
  union: builtIn('any', [2, many], (...given: List) =>
    given.every(isList) ? distinct(given.flat()) : (given as readonly ValueObject[]).reduce(merge),
  ),
  intersection: builtIn('any', [2, many], (...given: List) =>
    given.every(isList)
      ? given.reduce((left, right) => left.filter((item) => right.some((other) => same(item, other))))
      : (given as readonly ValueObject[]).reduce((left, right) =>
          Object.fromEntries(Object.entries(left).filter(([key, value]) => same(right[key] ?? null, value))),
        ),
  ),
  shallowMerge: builtIn<[readonly ValueObject[]]>(
    'object',
    [1, 1],
    (all) => Object.assign({}, ...all) as ValueObject,
  ),
  first: builtIn<[string | List]>('any', [1, 1], (of) => of[0] ?? null),
  last: builtIn<[string | List]>('any', [1, 1], (of) => of.at(-1) ?? null),
  take: builtIn<[string | List, number]>('any', [2, 2], (of, count) => slice(of, 0, Math.max(0, count))),
  skip: builtIn<[string | List, number]>('any', [2, 2], (of, count) => slice(of, count)),
  indexOf: builtIn<[string | List, Value]>('int', [2, 2], (of, item) => where(of, item, false)),
  lastIndexOf: builtIn<[string | List, Value]>('int', [2, 2], (of, item) => where(of, item, true)),
  distinct: builtIn<[List]>('array', [1, 1], distinct),
  min: builtIn('int', [1, many], (...given: List) => Math.min(...numbers(given))),
  max: builtIn('int', [1, many], (...given: List) => Math.max(...numbers(given))),
  range: builtIn<[number, number]>('array', [2, 2], (from, count) =>
    Array.from({ length: count }, (_, index) => from + index),
  ),
  items: builtIn<[ValueObject]>('array', [1, 1], entries),
  objectKeys: builtIn<[ValueObject]>('array', [1, 1], (of) => entries(of).map(({ key }) => key)),
  flatten: builtIn<[readonly List[]]>('array', [1, 1], (lists) => lists.flat()),
  filter: builtIn<[List, Closure]>('array', [2, 2], (list, keep) =>
    list.filter((item, index) => keep(item, index) === true),
  ),
  map: builtIn<[List, Closure]>('array', [2, 2], (list, to) => list.map((item, index) => to(item, index))),
  mapValues: builtIn<[ValueObject, Closure]>('object', [2, 2], (of, to) =>
    Object.fromEntries(Object.entries(of).map(([key, value]) => [key, to(value)])),
  ),
  sort: builtIn<[List, Closure]>('array', [2, 2], (list, before) =>
    [...list].sort((one, other) => (before(one, other) === true ? -1 : 1)),
  ),
  reduce: builtIn<[List, Value, Closure]>('any', [3, 3], (list, start, step) =>
    list.reduce((sum, item, index) => step(sum, item, index), start),
  ),
  toObject: builtIn<[List, Closure, Closure?]>('object', [2, 3], toObject),
  groupBy: builtIn<[List, Closure, Closure?]>('object', [2, 3], (list, key, value = (item = null) => item) =>
    Object.fromEntries(
      Object.entries(Object.groupBy(list, (item) => textOf(key(item)))).map(([name, group = []]) => [
        name,
        group.map((item) => value(item)),
      ]),
    ),
  ),
};
