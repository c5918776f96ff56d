import { describe, expect, it } from '@jest/globals';
import { expand } from '../expand';
import { Sources } from '../read/sources';

const valueOf = (expression: string) =>
  expand(new Sources({ '/house/main.bicep': `output value object = ${expression}\n` }), '/house/main.bicep')
    .outputs['value'];

describe('Bicep’s own functions', () => {
  it.each([
    ["format('{0}-{1}', 'a', 2)", 'a-2'],
    ["toLower('A')", 'a'],
    ["replace('a-b-c', '-', '')", 'abc'],
    ["split('a;b,c', [';', ','])", ['a', 'b', 'c']],
    ["substring('abcd', 1, 2)", 'bc'],
    ["startsWith('Abc', 'aB')", true],
    ["padLeft(7, 3, '0')", '007'],
    ['string(true)', 'True'],
    ["int('12') / 5", 2],
    ['json(\'{"a":[1]}\').a[0]', 1],
    ["base64ToString(base64('ü'))", 'ü'],
    ["uriComponent('a b')", 'a%20b'],
    ["length(uniqueString('a'))", 13],
    ["guid('a') == guid('a') && guid('a') != guid('b')", true],
    ["cidrSubnet('10.0.0.0/16', 24, 3)", '10.0.3.0/24'],
    ['concat([1], [2])', [1, 2]],
    ["join(['a', 'b'], ',')", 'a,b'],
    ["empty(null) && empty('') && empty([]) && empty({}) && !empty('a')", true],
    ["contains({ Aa: 1 }, 'aA') && contains([1], 1) && !contains('abc', 'd')", true],
    ['union({ a: { b: 1 } }, { a: { c: 2 } })', { a: { b: 1, c: 2 } }],
    ['union([1, 2], [2, 3])', [1, 2, 3]],
    ['intersection([1, 2], [2, 3])', [2]],
    ['shallowMerge([{ a: { b: 1 } }, { a: { c: 2 } }])', { a: { c: 2 } }],
    ["[first([1, 2]), last([1, 2]), first('ab')]", [1, 2, 'a']],
    ['concat(take([1, 2, 3], 2), skip([1, 2, 3], 2))', [1, 2, 3]],
    ["[indexOf('abcb', 'b'), lastIndexOf('abcb', 'B'), indexOf([1], 2)]", [1, 3, -1]],
    ['[min(2, 1), max([2, 1])]', [1, 2]],
    ['range(3, 2)', [3, 4]],
    [
      'items({ b: 1, a: 2 })',
      [
        { key: 'a', value: 2 },
        { key: 'b', value: 1 },
      ],
    ],
    ['flatten([[1], [2]])', [1, 2]],
    ['filter([1, 2, 3], one => one > 1)', [2, 3]],
    ['map([1, 2], (one, at) => one + at)', [1, 3]],
    ['mapValues({ a: 1 }, one => one * 2)', { a: 2 }],
    ['sort([3, 1, 2], (one, other) => one < other)', [1, 2, 3]],
    ['reduce([1, 2, 3], 0, (sum, one) => sum + one)', 6],
    ["toObject(['a', 'b'], one => one, one => '${one}!')", { a: 'a!', b: 'b!' }],
    ["groupBy([1, 2, 3], one => one % 2 == 0 ? 'even' : 'odd')", { odd: [1, 3], even: [2] }],
    [
      "resourceId('Microsoft.Sql/servers/databases', 's', 'd')",
      '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg/providers/Microsoft.Sql/servers/s/databases/d',
    ],
    [
      "subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'r')",
      '/subscriptions/00000000-0000-0000-0000-000000000001/providers/Microsoft.Authorization/roleDefinitions/r',
    ],
    ['environment().suffixes.storage', 'core.windows.net'],
    ['{ ...{ a: 1 }, b: [...[1, 2], 3] }', { a: 1, b: [1, 2, 3] }],
    ["null ?? 'a'", 'a'],
    ["'Aa' =~ 'aA' && 'a' !~ 'b'", true],
  ])('%s', (expression, value) => {
    expect(valueOf(expression)).toEqual(value);
  });

  it('says what fail() was told to say, and where', () => {
    expect(() => valueOf("fail('no such size')")).toThrow('fail: no such size');
  });
});
