import { OperandParser } from './operands';
import { type Call, type Expression } from './syntax';

const precedence: Readonly<Record<string, number>> = {
  ...{ '*': 100, '/': 100, '%': 100, '+': 90, '-': 90, '<': 80, '<=': 80, '>': 80, '>=': 80 },
  ...{ '==': 70, '!=': 70, '=~': 70, '!~': 70, '&&': 50, '||': 40, '??': 30 },
};

export abstract class ExpressionParser extends OperandParser {
  expression(): Expression {
    const condition = this.binary(0);
    if (!this.is(this.afterLines, '?')) return condition;
    this.skipLines();
    this.expect('?');
    const then = this.expression();
    this.skipLines();
    this.expect(':');
    return { kind: 'choice', at: condition.at, condition, then, otherwise: this.expression() };
  }

  decorators(): readonly Call[] {
    const all: Call[] = [];
    while (this.takes('@')) {
      const call = this.postfix();
      if (call.kind !== 'call') return this.fail('a decorator is a call');
      all.push(call);
      if (this.next.kind !== 'line') this.fail('a decorator has a line of its own');
      this.skipLines();
    }
    return all;
  }

  private binary(least: number): Expression {
    let left = this.unary();
    for (;;) {
      const sign = this.next.kind === 'sign' ? this.next.text : '';
      const strength = precedence[sign] ?? 0;
      if (strength <= least) return left;
      this.take();
      left = { kind: 'binary', at: left.at, sign, left, right: this.binary(strength) };
    }
  }

  private unary(): Expression {
    const { at } = this.next;
    if (this.takes('!')) return { kind: 'unary', at, sign: '!', of: this.unary() };
    if (this.takes('-')) return { kind: 'unary', at, sign: '-', of: this.unary() };
    return this.postfix();
  }

  private postfix(): Expression {
    let of = this.primary();
    for (;;) {
      const { at } = of;
      if (this.takes('[')) {
        const safe = this.takes('?');
        const fromEnd = this.takes('^');
        of = { kind: 'index', at, of, index: this.expression(), safe, fromEnd };
        this.expect(']');
      } else if (this.takes('.')) {
        const safe = this.takes('?');
        const name = this.word('a name after the dot');
        of = this.sees('(')
          ? { kind: 'call', at: name.at, of, name: name.text, arguments: this.callArguments() }
          : { kind: 'member', at: name.at, of, name: name.text, safe };
      } else if (this.takes('::')) of = { kind: 'nested', at, of, name: this.word('a resource').text };
      else if (this.takes('!')) of = { kind: 'sure', at, of };
      else return of;
    }
  }

  protected callArguments(): readonly Expression[] {
    const all: Expression[] = [];
    this.expect('(');
    this.separated(')', () => all.push(this.expression()));
    return all;
  }
}
