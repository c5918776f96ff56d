import { describe, expect, it } from '@jest/globals';
import type { Typeface } from './fonts';
import { setInLines, setText, sizeThatFits, type Bidi, type Column } from './typesetting';

/** A font whose every character is one unit wide. */
const font = (name: string, has: RegExp): Typeface => ({
  postscriptName: name,
  unitsPerEm: 1,
  hasGlyphForCodePoint: (codePoint) => has.test(String.fromCodePoint(codePoint)),
  layout: (text) => ({ advanceWidth: Array.from(text).length }),
});
const latin = font('Latin', /[ -~…]/);
const hebrew = font('Hebrew', /[\u0590-\u05ff□]/);
/** Hebrew runs to the left, all else as `base` says. */
const bidi: Bidi = {
  getEmbeddingLevels: (text, base) => ({
    levels: Uint8Array.from(text, (_, i) => (isHebrew(text, i) ? 1 : base === 'rtl' ? 2 : 0)),
    paragraphs: [{ level: isHebrew(text, 0) ? 1 : 0 }],
  }),
  getMirroredCharacter: (character) => (character === '(' ? ')' : character === ')' ? '(' : null),
};
const isHebrew = (text: string, i: number) =>
  /[\u0590-\u05ff]/.test(text[i] ?? '') ||
  (text[i] === ' ' &&
    /[\u0590-\u05ff]/.test(text[i + 1] ?? '') &&
    i > 0 &&
    /[\u0590-\u05ff]/.test(text[i - 1] ?? ''));
const column = (width: number, maxLines = 9): Column => ({
  fonts: [latin, hebrew],
  bidi,
  size: 1,
  width,
  maxLines,
});
const texts = (text: string, width: number, maxLines?: number) =>
  setInLines(text, column(width, maxLines)).map((line) => line.map((run) => run.text).join(''));

describe('setting text', () => {
  it('breaks between words, and keeps punctuation with its word', () => {
    expect(texts('one two, (three) four!', 8)).toEqual(['one two,', '(three)', 'four!']);
  });

  it('breaks a word that is wider than the column between characters', () => {
    expect(texts('a abcdefgh b', 3)).toEqual(['a', 'abc', 'def', 'gh b'.slice(0, 2), 'b']);
  });

  it('ends in an ellipsis where lines run out', () => {
    expect(texts('one two three', 5, 2)).toEqual(['one', 'two…']);
  });

  it('keeps the line breaks of its author', () => {
    expect(texts('one\ntwo', 20)).toEqual(['one', 'two']);
  });

  it('sets each stretch in the first font that has it', () => {
    const [line] = setInLines('ab שלום', column(20));
    expect(line!.map(({ font: { postscriptName }, text }) => `${postscriptName} ${text}`)).toEqual([
      'Latin ab ',
      'Hebrew שלום',
    ]);
  });

  it('sets the words of a language that runs to the left from right to left', () => {
    expect(texts('שלום עולם', 20)).toEqual(['עולם שלום']);
  });

  it('turns brackets around, and leaves the order of signs beside a word to no font', () => {
    const leftwards: Bidi = {
      ...bidi,
      getEmbeddingLevels: (text) => ({
        levels: new Uint8Array(text.length).fill(1),
        paragraphs: [{ level: 1 }],
      }),
    };
    const [line] = setInLines('שלום).', { ...column(20), bidi: leftwards });
    expect(line!.map(({ text }) => text)).toEqual(['.', '(', 'שלום']);
  });

  it('does not show what only says in which direction text runs', () => {
    expect(texts('\u200fab\u2068c\u2069', 20)).toEqual(['abc']);
  });

  it('sets in one size smaller what would not fit on its line', () => {
    expect(sizeThatFits('abcdefgh', column(4))).toBe(0.5);
    expect(sizeThatFits('abc', column(4))).toBe(1);
  });

  it('shows a box for a character that no font has, however many code points it is made of', () => {
    expect(texts('a 👩‍👩‍👧 b', 20)).toEqual(['a □ b']);
  });

  it('leaves out control characters', () => {
    expect(texts('a\u0000\u001bb', 20)).toEqual(['ab']);
  });
});

describe('text that was set before', () => {
  it('is not set anew in the same fonts, but is at another size', () => {
    let laidOut = 0;
    const counting: Typeface = {
      ...latin,
      layout: (text) => {
        laidOut++;
        return latin.layout(text);
      },
    };
    const narrow = { ...column(5), fonts: [counting] };
    const first = setText('one two', narrow, false);
    expect(first.lines.map(({ width, runs }) => [width, ...runs.map((run) => run.text)])).toEqual([
      [3, 'one'],
      [3, 'two'],
    ]);
    const before = laidOut;
    expect(setText('one two', narrow, false)).toBe(first);
    expect(laidOut).toBe(before);
    expect(setText('one two', { ...narrow, size: 2, width: 10 }, false).lines[0]?.width).toBe(6);
    expect(setText('one two', narrow, true).size).toBeCloseTo(5 / 7);
  });
});
