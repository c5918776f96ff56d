import { SyntaxFault } from './fault';
import { type Token } from './tokens';

/** Walks along tokens; lines' ends count, since Bicep ends statements and separates members by them. */
export class Cursor {
  private position = 0;
  private readonly end: Token;
  constructor(private readonly tokens: readonly Token[]) {
    this.end = tokens.at(-1) ?? { kind: 'end', text: '', at: 0, to: 0 };
  }

  get next(): Token {
    return this.ahead(0);
  }

  ahead(count: number): Token {
    return this.tokens[this.position + count] ?? this.end;
  }

  take(): Token {
    const token = this.next;
    if (token.kind !== 'end') this.position++;
    return token;
  }

  sees(text: string): boolean {
    return this.is(this.next, text);
  }

  is(token: Token, text: string): boolean {
    return (token.kind === 'sign' || token.kind === 'word') && token.text === text;
  }

  takes(text: string): boolean {
    if (!this.sees(text)) return false;
    this.position++;
    return true;
  }

  expect(text: string): Token {
    if (!this.sees(text)) this.fail(`“${text}” is expected`);
    return this.take();
  }

  word(what: string): Token {
    if (this.next.kind !== 'word') this.fail(`${what} is expected`);
    return this.take();
  }

  skipLines(): void {
    while (this.next.kind === 'line') this.position++;
  }

  endOfLine(): void {
    if (this.next.kind !== 'line' && this.next.kind !== 'end') this.fail('the end of the line is expected');
  }

  /** The first token that is no line's end. */
  get afterLines(): Token {
    let count = 0;
    while (this.ahead(count).kind === 'line') count++;
    return this.ahead(count);
  }

  /** Members of an object or an array: each on lines of its own, or separated by commas, never both. */
  members(closing: string, member: () => void): void {
    this.skipLines();
    while (!this.takes(closing)) {
      member();
      if (this.takes(',')) {
        if (this.next.kind === 'line') this.fail('no line ends after a comma here: leave the comma out');
      } else if (this.next.kind === 'line') this.skipLines();
      else if (!this.sees(closing)) this.fail(`a comma, the end of the line or “${closing}” is expected`);
    }
  }

  /** Arguments and parameters: separated by commas, over as many lines as they like. */
  separated(closing: string, member: () => void): void {
    this.skipLines();
    if (this.takes(closing)) return;
    do {
      this.skipLines();
      member();
      this.skipLines();
    } while (this.takes(','));
    this.expect(closing);
  }

  /** On to the next line that could begin a statement. */
  recover(starts: (token: Token) => boolean): void {
    for (; this.next.kind !== 'end'; this.position++)
      if (this.next.kind === 'line' && starts(this.ahead(1))) return;
  }

  fail(message: string): never {
    const { kind, text, at } = this.next;
    const seen = kind === 'line' ? 'the line ends' : kind === 'end' ? 'the text ends' : `“${text}” stands`;
    throw new SyntaxFault(at, `${message}, but here ${seen}`);
  }
}
