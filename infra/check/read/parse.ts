import { SyntaxFault } from './fault';
import {
  type Body,
  type Call,
  type Decorated,
  type Func,
  type Import,
  type Resource,
  type Statement,
} from './syntax';
import { tokensOf, type Token } from './tokens';
import { TypeParser } from './types';

export interface Parsed {
  readonly statements: readonly Statement[];
  readonly faults: readonly SyntaxFault[];
}

/** Every statement that could be read, and what is wrong with those that couldn't. */
export function parse(source: string): Parsed {
  try {
    return new FileParser(tokensOf(source)).file();
  } catch (fault) {
    if (fault instanceof SyntaxFault) return { statements: [], faults: [fault] };
    throw fault;
  }
}

type Reader = (parser: FileParser, start: Decorated) => Statement;

class FileParser extends TypeParser {
  file(): Parsed {
    const statements: Statement[] = [];
    const faults: SyntaxFault[] = [];
    while (this.afterLines.kind !== 'end') {
      this.skipLines();
      try {
        statements.push(this.statement());
        this.endOfLine();
      } catch (fault) {
        if (!(fault instanceof SyntaxFault)) throw fault;
        faults.push(fault);
        this.recover((token) => this.is(token, '@') || (token.kind === 'word' && readers.has(token.text)));
      }
    }
    return { statements, faults };
  }

  protected override inside(tokens: readonly Token[]): FileParser {
    return new FileParser(tokens);
  }

  protected override child(decorators: readonly Call[]): Resource {
    const { at } = this.expect('resource');
    return this.resource({ at, decorators });
  }

  private statement(): Statement {
    const decorators = this.decorators();
    const { text, at, kind } = this.next;
    const reader = kind === 'word' ? readers.get(text) : undefined;
    if (reader === undefined) return this.fail(`one of ${[...readers.keys()].join(', ')} is expected`);
    this.take();
    return reader(this, { at, decorators });
  }

  resource(start: Decorated): Resource {
    const name = this.word('a name').text;
    const type = this.plainText('a resource’s type');
    const existing = this.takes('existing');
    this.expect('=');
    this.skipLines();
    return { ...start, kind: 'resource', name, type, existing, ...this.body() };
  }

  body(): Body {
    if (!this.sees('[')) return { loop: undefined, ...this.conditional() };
    const { at } = this.take();
    this.skipLines();
    const loop = this.forHead(at);
    const conditional = this.conditional();
    this.skipLines();
    this.expect(']');
    return { loop, ...conditional };
  }

  func(start: Decorated): Func {
    const name = this.word('a name').text;
    const parameters: Func['parameters'][number][] = [];
    this.expect('(');
    this.separated(')', () => parameters.push({ name: this.word('a parameter').text, type: this.type() }));
    const returns = this.type();
    this.expect('=>');
    this.skipLines();
    return { ...start, kind: 'func', name, parameters, returns, body: this.expression() };
  }

  import(start: Decorated): Import {
    const names: Import['names'][number][] = [];
    let all: string | undefined;
    if (this.takes('*')) {
      this.expect('as');
      all = this.word('a name').text;
    } else {
      this.expect('{');
      this.members('}', () => {
        const { at } = this.next;
        const name = this.next.kind === 'text' ? this.plainText('a name') : this.word('a name').text;
        names.push({ name, as: this.takes('as') ? this.word('a name').text : name, at });
      });
    }
    this.expect('from');
    return { ...start, kind: 'import', path: this.plainText('a path'), all, names };
  }

  private conditional(): Omit<Body, 'loop'> {
    const condition = this.takes('if') ? this.parenthesized() : undefined;
    return { condition, body: this.object() };
  }
}

const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  [
    'targetScope',
    (parser, start) => {
      parser.expect('=');
      return { ...start, kind: 'targetScope', scope: parser.plainText('a scope') };
    },
  ],
  [
    'param',
    (parser, start) => {
      const name = parser.word('a parameter').text;
      const type = parser.type();
      return {
        ...start,
        kind: 'param',
        name,
        type,
        value: parser.takes('=') ? parser.expression() : undefined,
      };
    },
  ],
  [
    'var',
    (parser, start) => {
      const name = parser.word('a variable').text;
      if (!parser.sees('=')) parser.type();
      parser.expect('=');
      return { ...start, kind: 'var', name, value: parser.expression() };
    },
  ],
  [
    'output',
    (parser, start) => {
      const name = parser.word('an output').text;
      const type = parser.type();
      parser.expect('=');
      return { ...start, kind: 'output', name, type, value: parser.expression() };
    },
  ],
  [
    'type',
    (parser, start) => {
      const name = parser.word('a type').text;
      parser.expect('=');
      return { ...start, kind: 'type', name, type: parser.type() };
    },
  ],
  [
    'module',
    (parser, start) => {
      const name = parser.word('a module').text;
      const path = parser.plainText('a module’s path');
      parser.expect('=');
      parser.skipLines();
      return { ...start, kind: 'module', name, path, ...parser.body() };
    },
  ],
  ['resource', (parser, start) => parser.resource(start)],
  ['func', (parser, start) => parser.func(start)],
  ['import', (parser, start) => parser.import(start)],
  ...(['metadata', 'assert'] as const).map((kind): [string, Reader] => [
    kind,
    (parser, start) => {
      const name = parser.word('a name').text;
      parser.expect('=');
      return { ...start, kind, name, value: parser.expression() };
    },
  ]),
]);
