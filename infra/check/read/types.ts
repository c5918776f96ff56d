import { ExpressionParser } from './expressions';
import { type Call, type ObjectType, type Type } from './syntax';

export abstract class TypeParser extends ExpressionParser {
  type(): Type {
    const { at } = this.next;
    this.takesBar();
    const first = this.single();
    const more: Type[] = [];
    while (this.takesBar()) more.push(this.single());
    return more.length === 0 ? first : { kind: 'type-union', at, of: [first, ...more] };
  }

  /** A union goes on over the lines that begin with its bar. */
  private takesBar(): boolean {
    if (!this.is(this.afterLines, '|')) return false;
    this.skipLines();
    return this.takes('|');
  }

  private single(): Type {
    let of = this.suffixed();
    for (;;) {
      if (this.takes('?')) of = { kind: 'type-nullable', at: of.at, of };
      else if (!this.takes('!')) return of;
    }
  }

  private suffixed(): Type {
    let of = this.primaryType();
    for (;;) {
      const { at } = of;
      if (this.takes('[')) {
        const item = this.takes(']');
        if (item) of = { kind: 'type-array', at, item: of };
        else {
          if (!this.takes('*')) this.expression();
          this.expect(']');
          of = { kind: 'type-item', at, of };
        }
      } else if (this.takes('.')) {
        const name = this.takes('*') ? '*' : this.word('a name after the dot').text;
        of = this.sees('<') ? this.generic(at, name) : { kind: 'type-member', at, of, name };
      } else return of;
    }
  }

  private primaryType(): Type {
    const { at, kind, text } = this.next;
    if (kind === 'text') return { kind: 'type-literal', at, value: this.plainText('a type') };
    if (this.takes('-')) return { kind: 'type-literal', at, value: -Number(this.take().text) };
    if (kind === 'number') return { kind: 'type-literal', at, value: Number(this.take().text) };
    if (this.takes('!')) return { kind: 'type-literal', at, value: this.take().text !== 'true' };
    if (this.sees('{')) return this.objectType();
    if (this.takes('[')) {
      const items: Type[] = [];
      this.members(']', () => {
        this.decorators();
        items.push(this.type());
      });
      return { kind: 'type-tuple', at, items };
    }
    if (this.takes('(')) {
      this.skipLines();
      const of = this.type();
      this.skipLines();
      this.expect(')');
      return of;
    }
    this.word('a type');
    if (text === 'true' || text === 'false') return { kind: 'type-literal', at, value: text === 'true' };
    if (text === 'null') return { kind: 'type-literal', at, value: null };
    return this.sees('<') ? this.generic(at, text) : { kind: 'type-name', at, name: text };
  }

  private generic(at: number, name: string): Type {
    let of = '';
    this.expect('<');
    this.separated('>', () => (of = this.plainText('a resource type')));
    return { kind: 'type-resource', at, name, of };
  }

  private objectType(): ObjectType {
    const { at } = this.expect('{');
    const properties: ObjectType['properties'][number][] = [];
    let further: Type | undefined;
    this.members('}', () => {
      const decorators: readonly Call[] = this.decorators();
      const place = this.next.at;
      if (this.takes('*')) {
        this.expect(':');
        further = this.type();
        return;
      }
      const name =
        this.next.kind === 'text' ? this.plainText('a property of a type') : this.word('a property').text;
      this.expect(':');
      properties.push({ at: place, name, type: this.type(), decorators });
    });
    return { kind: 'type-object', at, properties, further };
  }
}
