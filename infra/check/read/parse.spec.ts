import { describe, expect, it } from '@jest/globals';
import { BicepFile } from './file';

const faultsIn = (text: string) => {
  const file = new BicepFile('/house/main.bicep', text);
  return file.syntaxFaults.map(({ at, message }) => {
    const { line, column } = file.place(at);
    return `${line}:${column} ${message}`;
  });
};

describe('reading Bicep', () => {
  it.each([
    [
      'interpolation, escapes and other alphabets',
      "var a = 'a ${b} \\${c} \\'d\\' \\u{1f600} ${'in ${inner} it'} ü'",
    ],
    [
      'lines of text',
      "var a = '''\nit's ${not} a hole\n'''\nvar b = $'''\nbut ${this} is\n'''\nvar c = ''''quoted''''",
    ],
    ['spreads', 'var a = { ...b, c: 1 }\nvar d = [ ...[1, 2], 3 ]'],
    ['lambdas', 'var a = map(b, (one, index) => {\n  one: index\n})\nvar c = filter(d, e => !empty(e))'],
    ['loops', 'var a = [for (one, index) in two: {\n  one: index\n}]\nvar b = [\n  for c in d: c\n]'],
    ['reading with care', "var a = b.?c[?'d'][^1]!.e ?? 'f'"],
    ['a choice over several lines', "var a = b\n  ? c\n  : d == 'e' && !f || g > -1\n      ? h\n      : i"],
    ['arguments over several lines', 'var a = union(\n  b,\n  c\n)'],
    [
      'types',
      "type a = {\n  @minLength(1)\n  b: string\n  c: ('x' | 'y')[]?\n  *: int\n}\ntype d =\n  | 'x'\n  | 'y'\ntype e = [string, -1, true, null]\nparam f e[*]\nparam g resourceInput<'A.B/c@2024-01-01'>.name",
    ],
    ['decorators', "@description('why')\n@allowed([\n  1\n  2\n])\nparam a int"],
    [
      'conditions and children',
      "resource a 'A.B/c@2024-01-01' = if (b) {\n  name: 'x'\n  @batchSize(1)\n  resource d 'e' = [for f in g: {\n    name: f\n  }]\n}\nvar h = a::d[0].id",
    ],
    [
      'a condition on a line of its own',
      "resource a 'A.B/c@2024-01-01' =\n  // why\n  if (b) {\n  name: 'x'\n}",
    ],
    [
      'functions and imports',
      "import { a as b } from 'c.bicep'\nimport * as d from 'e.bicep'\nfunc f(g string, h d.i) string => '${g}${h}'",
    ],
    [
      'comments and directives',
      '/* one\n two */\n#disable-next-line no-unused-params\nparam a string // three',
    ],
    ['keywords as names', "var type = { resource: 1, param: 2, 'in': 3 }"],
  ])('knows %s', (_, text) => {
    expect(faultsIn(text)).toEqual([]);
  });

  it.each([
    [
      'two members on one line',
      'var a = { b: 1 c: 2 }',
      '1:16 a comma, the end of the line or “}” is expected, but here “c” stands',
    ],
    [
      'a comma before the end of a line',
      'var a = [\n  1,\n  2\n]',
      '2:5 no line ends after a comma here: leave the comma out, but here the line ends',
    ],
    [
      'a comma after the last argument',
      'var a = union(b, c, )',
      '1:21 an expression is expected, but here “)” stands',
    ],
    ['an operator on the next line', 'var a = b\n  + c', '2:3 one of targetScope, param'],
    [
      'a decorator beside what it is of',
      '@secure() param a string',
      '1:11 a decorator has a line of its own, but here “param” stands',
    ],
    ['an escape that there is not', "var a = '\\q'", '1:10 “\\q” is no escape'],
    ['a string without its end', "var a = 'b", '1:9 a string has no quote at its end on the same line'],
    [
      'lines of text without their end',
      "var a = '''b",
      "1:9 a string over several lines has no ''' at its end",
    ],
    ['an interpolation without its end', "var a = '${b'", '1:13 a string has no quote at its end'],
    ['a character from nowhere', 'var a = ~b', '1:9 “~” means nothing here'],
    [
      'a resource without a body',
      "resource a 'A.B/c@2024-01-01' = b",
      '1:33 “{” is expected, but here “b” stands',
    ],
    ['a parameter without its type', "param a = 'b'", '1:9 a type is expected, but here “=” stands'],
    ['a statement that there is not', 'variable a = 1', '1:1 one of targetScope, param'],
    [
      'two statements on one line',
      'var a = 1 var b = 2',
      '1:11 the end of the line is expected, but here “var” stands',
    ],
  ])('refuses %s', (_, text, fault) => {
    expect(faultsIn(text).join('\n')).toContain(fault);
  });

  it('goes on after a fault, with the next statement', () => {
    const file = new BicepFile('/house/main.bicep', 'param a =\nparam b string\nvar c = )\nvar d = 1\n');
    expect(file.syntaxFaults).toHaveLength(2);
    expect(file.all('param').map(({ name }) => name)).toEqual(['b']);
    expect(file.all('var').map(({ name }) => name)).toEqual(['d']);
  });
});
