import { SyntaxFault } from './fault';

/** A string's token carries its pieces: text as it will be, and the tokens of each `${…}`. */
export interface Token {
  readonly kind: 'word' | 'number' | 'text' | 'sign' | 'line' | 'end';
  readonly text: string;
  readonly at: number;
  readonly to: number;
  readonly pieces?: readonly (string | readonly Token[])[];
}

const longestFirst = ['...', '&&', '||', '??', '==', '!=', '=~', '!~', '<=', '>=', '=>', '::'];
const signs = '{}()[]@,.?:;+-*/%^!<>=|&';
const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '\\': '\\', "'": "'", $: '$' };

/** @throws SyntaxFault at the first character that belongs to no token. */
export function tokensOf(source: string): readonly Token[] {
  return new Scanner(source).scan();
}

class Scanner {
  private at = 0;
  constructor(private readonly source: string) {}

  /** Up to the end, or to the `}` that closes an interpolation. */
  scan(inside = false): readonly Token[] {
    const tokens: Token[] = [];
    let depth = 0;
    for (;;) {
      this.skipBlanks();
      const from = this.at;
      const char = this.source[from];
      if (char === undefined || (inside && char === '}' && depth === 0)) {
        if (inside && char === undefined) throw new SyntaxFault(from, 'an interpolation has no “}”');
        return [...tokens, { kind: 'end', text: '', at: from, to: from }];
      }
      const token = this.token(char);
      if (inside && token.kind === 'line') throw new SyntaxFault(from, 'a string ends with its line');
      if (token.text === '{') depth++;
      if (token.text === '}') depth--;
      tokens.push(token);
    }
  }

  private token(char: string): Token {
    const from = this.at;
    const taken = (kind: Token['kind'], length: number): Token => {
      this.at = from + length;
      return { kind, text: this.source.slice(from, this.at), at: from, to: this.at };
    };
    const line = this.match(/\r?\n/y);
    if (line !== undefined) return taken('line', line.length);
    const word = this.match(/[A-Za-z_][A-Za-z0-9_]*/y);
    if (word !== undefined) return taken('word', word.length);
    const number = this.match(/[0-9]+/y);
    if (number !== undefined) return taken('number', number.length);
    const many = this.match(/\$*'''/y);
    if (many !== undefined) return this.lines(many);
    if (char === "'") return this.string();
    const long = longestFirst.find((sign) => this.source.startsWith(sign, from));
    if (long !== undefined) return taken('sign', long.length);
    if (signs.includes(char)) return taken('sign', 1);
    throw new SyntaxFault(from, `“${char}” means nothing here`);
  }

  private string(): Token {
    const from = this.at++;
    const pieces: (string | readonly Token[])[] = [];
    let text = '';
    for (;;) {
      const char = this.source[this.at];
      if (char === undefined || char === '\n')
        throw new SyntaxFault(from, 'a string has no quote at its end on the same line');
      if (char === "'") break;
      if (char === '\\') text += this.escape();
      else if (this.source.startsWith('${', this.at)) {
        pieces.push(text, this.hole(2));
        text = '';
      } else {
        text += char;
        this.at++;
      }
    }
    this.at++;
    pieces.push(text);
    return { kind: 'text', text: this.source.slice(from, this.at), at: from, to: this.at, pieces };
  }

  /** `'''…'''`: nothing is escaped; `$'''` interpolates at `${`, `$$'''` at `$${`, and so on. */
  private lines(opening: string): Token {
    const from = this.at;
    const hole = opening.length > 3 ? `${'$'.repeat(opening.length - 3)}{` : undefined;
    const pieces: (string | readonly Token[])[] = [];
    let text = '';
    this.at += opening.length;
    const firstLine = this.match(/\r?\n/y);
    this.at += firstLine?.length ?? 0;
    for (;;) {
      // Of four quotes the first belongs to the text.
      const quotes = this.match(/'{3,}/y);
      if (quotes !== undefined) {
        text += quotes.slice(3);
        this.at += quotes.length;
        break;
      }
      const char = this.source[this.at];
      if (char === undefined)
        throw new SyntaxFault(from, "a string over several lines has no ''' at its end");
      if (hole !== undefined && this.source.startsWith(hole, this.at)) {
        pieces.push(text, this.hole(hole.length));
        text = '';
      } else {
        text += char;
        this.at++;
      }
    }
    pieces.push(text);
    return { kind: 'text', text: this.source.slice(from, this.at), at: from, to: this.at, pieces };
  }

  private hole(length: number): readonly Token[] {
    this.at += length;
    const tokens = this.scan(true);
    this.at++;
    return tokens;
  }

  private escape(): string {
    const unicode = this.match(/\\u\{[0-9A-Fa-f]{1,6}\}/y);
    if (unicode !== undefined) {
      this.at += unicode.length;
      return String.fromCodePoint(parseInt(unicode.slice(3, -1), 16));
    }
    const meant = escapes[this.source[this.at + 1] ?? ''];
    if (meant === undefined)
      throw new SyntaxFault(
        this.at,
        `“\\${this.source[this.at + 1] ?? ''}” is no escape: there are \\\\ \\' \\n \\r \\t \\$ \\u{…}`,
      );
    this.at += 2;
    return meant;
  }

  /** Blanks, comments and directives (`#disable-next-line …`). */
  private skipBlanks(): void {
    for (;;) {
      const blank = this.match(/[ \t]+|\/\/[^\r\n]*|\/\*[\s\S]*?\*\/|#[^\r\n]*/y);
      if (blank === undefined) return;
      this.at += blank.length;
    }
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    return pattern.exec(this.source)?.[0];
  }
}
