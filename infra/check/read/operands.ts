import { Cursor } from './cursor';
import { type Call, type Expression, type Property, type Resource, type Spread } from './syntax';
import { type Token } from './tokens';

/** What stands between operators. */
export abstract class OperandParser extends Cursor {
  abstract expression(): Expression;
  protected abstract decorators(): readonly Call[];
  protected abstract callArguments(): readonly Expression[];
  /** A child resource declared in the body of its parent, and a parser of what `${…}` holds. */
  protected abstract child(decorators: readonly Call[]): Resource;
  protected abstract inside(tokens: readonly Token[]): OperandParser;

  protected primary(): Expression {
    const { kind, text, at } = this.next;
    if (kind === 'text') return this.text();
    if (kind === 'number') return { kind: 'literal', at, value: Number(this.take().text) };
    if (this.sees('{')) return this.object();
    if (this.sees('[')) return this.list();
    if (this.sees('(')) return this.isLambda() ? this.lambda() : this.parenthesized();
    if (kind !== 'word') return this.fail('an expression is expected');
    if (this.is(this.ahead(1), '=>')) return this.lambda();
    this.take();
    if (text === 'true' || text === 'false') return { kind: 'literal', at, value: text === 'true' };
    if (text === 'null') return { kind: 'literal', at, value: null };
    if (this.sees('('))
      return { kind: 'call', at, of: undefined, name: text, arguments: this.callArguments() };
    return { kind: 'name', at, name: text };
  }

  private list(): Expression {
    const { at } = this.expect('[');
    if (this.is(this.afterLines, 'for')) {
      this.skipLines();
      const head = this.forHead(at);
      const body = this.expression();
      this.skipLines();
      this.expect(']');
      return { ...head, condition: undefined, body };
    }
    const items: (Expression | Spread)[] = [];
    this.members(']', () => items.push(this.spread() ?? this.expression()));
    return { kind: 'list', at, items };
  }

  /** `for x in xs:` or `for (x, i) in xs:`. */
  protected forHead(at: number) {
    this.expect('for');
    const names: string[] = [];
    if (this.takes('(')) this.separated(')', () => names.push(this.word('a name').text));
    else names.push(this.word('a name').text);
    const [item, index] = names;
    if (item === undefined || names.length > 2) return this.fail('a loop names its item and its index');
    this.expect('in');
    const over = this.expression();
    this.expect(':');
    return { kind: 'for' as const, at, item, index, over };
  }

  private isLambda(): boolean {
    let depth = 0;
    for (let count = 0; this.ahead(count).kind !== 'end'; count++) {
      if (this.is(this.ahead(count), '(')) depth++;
      if (this.is(this.ahead(count), ')') && --depth === 0) return this.is(this.ahead(count + 1), '=>');
    }
    return false;
  }

  private lambda(): Expression {
    const { at } = this.next;
    const parameters: string[] = [];
    if (this.takes('(')) this.separated(')', () => parameters.push(this.word('a name').text));
    else parameters.push(this.word('a name').text);
    this.expect('=>');
    this.skipLines();
    return { kind: 'lambda', at, parameters, body: this.expression() };
  }

  protected parenthesized(): Expression {
    this.expect('(');
    this.skipLines();
    const of = this.expression();
    this.skipLines();
    this.expect(')');
    return of;
  }

  private spread(): Spread | undefined {
    const { at } = this.next;
    return this.takes('...') ? { kind: 'spread', at, of: this.expression() } : undefined;
  }

  private key(): Property['key'] {
    if (this.next.kind === 'text') return this.text();
    const { text, at } = this.word('a property');
    return { kind: 'text', at, pieces: [text] };
  }
  object(): Expression & { readonly kind: 'object' } {
    const { at } = this.expect('{');
    const members: (Property | Spread)[] = [];
    const children: Resource[] = [];
    this.members('}', () => {
      const spread = this.spread();
      if (spread !== undefined) return void members.push(spread);
      if (this.sees('@') || (this.sees('resource') && this.ahead(1).kind === 'word'))
        return void children.push(this.child(this.decorators()));
      const key = this.key();
      const [name, ...more] = key.pieces;
      this.expect(':');
      members.push({
        kind: 'property',
        at: key.at,
        name: typeof name === 'string' && more.length === 0 ? name : undefined,
        key,
        value: this.expression(),
      });
    });
    return { kind: 'object', at, members, children };
  }

  text(): Expression & { readonly kind: 'text' } {
    if (this.next.kind !== 'text') this.fail('a string is expected');
    const { at, pieces } = this.take();
    return {
      kind: 'text',
      at,
      pieces: (pieces ?? []).map((piece) => (typeof piece === 'string' ? piece : this.inside(piece).whole())),
    };
  }

  /** A string that says the same on every run: no `${…}` in it. */
  plainText(what: string): string {
    const { pieces } = this.text();
    const [only] = pieces;
    return pieces.length === 1 && typeof only === 'string' ? only : this.fail(`${what} has no “\${…}”`);
  }

  private whole(): Expression {
    const all = this.expression();
    return this.next.kind === 'end' ? all : this.fail('“}” is expected');
  }
}
