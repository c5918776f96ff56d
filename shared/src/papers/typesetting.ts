import { fontFor, type Typeface } from './fonts';

/** A stretch of one line in one font, in the order in which it is set from left to right. */
export interface Run {
  readonly font: Typeface;
  readonly text: string;
}
export type Line = readonly Run[];

/** Which characters run from right to left: `bidi-js`, or nothing where every line runs to the right. */
export interface Bidi {
  getEmbeddingLevels(
    text: string,
    base?: 'ltr' | 'rtl' | 'auto',
  ): { readonly levels: Uint8Array; readonly paragraphs: readonly { readonly level: number }[] };
  getMirroredCharacter(character: string): string | null;
}

export interface Column {
  readonly fonts: readonly Typeface[];
  readonly bidi: Bidi;
  readonly size: number;
  readonly width: number;
  /** What does not fit into so many lines ends in an ellipsis. */
  readonly maxLines: number;
}

const missing = '□';
const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });
const words = new Intl.Segmenter('und', { granularity: 'word' });

/** Breaks text into lines that fit the column, each in the fonts that have its characters; what no font has becomes `□`. */
export function setInLines(text: string, column: Column): readonly Line[] {
  const lines: string[] = [];
  let line = '';
  let wide = 0;
  const tidied = tidy(text, column);
  const units = tidied
    .split('\n')
    .flatMap((paragraph, i) => (i === 0 ? unitsOf(paragraph) : ['\n', ...unitsOf(paragraph)]));
  for (const unit of units) {
    if (unit === '\n') {
      lines.push(line);
      line = '';
      wide = 0;
      continue;
    }
    // Each unit is measured once, by itself: no letter is kerned with a space, and what is written without spaces isn't kerned.
    const more = spanOf(unit, column);
    if (wide + more <= column.width) {
      line += unit;
      wide += more;
      continue;
    }
    if (line.trim() !== '') lines.push(line);
    line = '';
    for (const piece of piecesOf(unit.trimStart(), column)) {
      if (line !== '') lines.push(line);
      line = piece;
    }
    wide = spanOf(line, column);
  }
  lines.push(line);
  // The direction is the whole text's, also of a line that begins with a word of the other one.
  const [first] = column.bidi.getEmbeddingLevels(tidied).paragraphs;
  const base = first?.level === 1 ? 'rtl' : 'ltr';
  return cut(lines, column).map((kept) => runsOf(kept.trimEnd(), column, base));
}

/** Text as it is drawn. */
export interface SetText {
  readonly size: number;
  readonly lines: readonly {
    readonly width: number;
    readonly runs: readonly (Run & { readonly width: number })[];
  }[];
}

const known = new WeakMap<readonly Typeface[], Map<string, SetText>>();
const mostKnown = 5000;

/**
 * Text in lines with their widths, set smaller rather than cut where it is to stay `whole`. Papers say much the same again and again, and
 * setting is most of the work of printing: what was set in these fonts before is not set anew.
 */
export function setText(text: string, column: Column, whole: boolean): SetText {
  const { fonts, size, width, maxLines } = column;
  let settings = known.get(fonts);
  if (!settings || settings.size >= mostKnown) known.set(fonts, (settings = new Map<string, SetText>()));
  const key = `${size} ${width} ${maxLines} ${String(whole)} ${text}`;
  let set = settings.get(key);
  if (!set) settings.set(key, (set = setAnew(text, column, whole)));
  return set;
}

function setAnew(text: string, column: Column, whole: boolean): SetText {
  const size = whole ? sizeThatFits(text, column) : column.size;
  const lines = setInLines(text, { ...column, size }).map((line) => ({
    width: widthOf(line, size),
    runs: line.map((run) => ({ ...run, width: widthOf([run], size) })),
  }));
  return { size, lines };
}

const widthOf = (line: Line, size: number): number =>
  line.reduce((sum, { font, text }) => sum + (font.layout(text).advanceWidth / font.unitsPerEm) * size, 0);

/** The column's size, or the largest below it at which the text fits on one line. */
export function sizeThatFits(text: string, column: Column): number {
  const [line] = setInLines(text, { ...column, width: Infinity, maxLines: 1 });
  const wide = widthOf(line ?? [], column.size);
  return wide <= column.width ? column.size : (column.size * column.width) / wide;
}

/** The narrowest letters are a quarter as wide as high: what is beyond that can't be seen, however long the text. */
const tidy = (text: string, { maxLines, width, size }: Column): string =>
  text
    .slice(0, Math.min(4000, Math.ceil((maxLines * width * 4) / size) + 40))
    .toWellFormed()
    .normalize('NFC')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/[^\P{Cc}\n]/gu, '');

/** What a line break must not part: a word with its punctuation and the space before it. */
function unitsOf(paragraph: string): string[] {
  const units: string[] = [];
  let open = '';
  for (const { segment, isWordLike } of words.segment(paragraph)) {
    const last = units.at(-1);
    if (segment.trim() === '' || /^[\p{Ps}\p{Pi}]+$/u.test(segment)) open += segment;
    else if (!isWordLike && open === '' && last !== undefined) units[units.length - 1] = last + segment;
    else {
      units.push(open + segment);
      open = '';
    }
  }
  return open === '' ? units : [...units, open];
}

/** How wide a text is, without the space at its end. */
const spanOf = (text: string, column: Column): number => widthOf(runsOf(text.trimEnd(), column), column.size);

const fits = (text: string, column: Column): boolean => spanOf(text, column) <= column.width;

/** A unit wider than the column is broken between characters. */
function piecesOf(unit: string, column: Column): string[] {
  if (fits(unit, column)) return [unit];
  const pieces = [''];
  for (const { segment } of graphemes.segment(unit)) {
    const last = pieces.length - 1;
    if (pieces[last] !== '' && !fits(`${pieces[last] ?? ''}${segment}`, column)) pieces.push(segment);
    else pieces[last] = `${pieces[last] ?? ''}${segment}`;
  }
  return pieces;
}

function cut(lines: readonly string[], column: Column): readonly string[] {
  if (lines.length <= column.maxLines) return lines;
  const kept = lines.slice(0, column.maxLines);
  let last = Array.from(graphemes.segment((kept.at(-1) ?? '').trimEnd()), ({ segment }) => segment);
  while (last.length > 0 && !fits(`${last.join('')}…`, column)) last = last.slice(0, -1);
  return [...kept.slice(0, -1), `${last.join('').trimEnd()}…`];
}

/** Letters, digits and signs that fonts set from right to left. */
const runsLeft = (text: string): boolean => /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/.test(text);

/** What only says in which direction the text beside it runs: said in the levels, it has no look of its own. */
const isMark = (text: string): boolean => /^[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+$/.test(text);

interface Piece extends Run {
  readonly level: number;
}

function runsOf(line: string, column: Column, base: 'ltr' | 'rtl' = 'ltr'): Line {
  const { levels } = column.bidi.getEmbeddingLevels(line, base);
  const pieces: Piece[] = [];
  for (const { segment, index } of graphemes.segment(line)) {
    if (isMark(segment)) continue;
    const level = levels[index] ?? 0;
    const known = fontFor(column.fonts, segment);
    const font =
      known ?? column.fonts.find((candidate) => candidate.hasGlyphForCodePoint(0x25a1)) ?? column.fonts[0];
    if (!font) continue;
    const shown =
      known === undefined
        ? missing
        : level % 2 === 0
          ? segment
          : (column.bidi.getMirroredCharacter(segment) ?? segment);
    const last = pieces.at(-1);
    // The letters of one Arabic or Hebrew word are joined and reversed by the font's own layout, which would reverse Arabic digits too and
    // leave brackets be: these are pieces by themselves, and their order is ours, as that of words is.
    const turns = level % 2 === 1;
    const joins =
      last?.font === font &&
      last.level === level &&
      runsLeft(segment) === turns &&
      runsLeft(last.text) === turns;
    if (joins) pieces[pieces.length - 1] = { font, level, text: last.text + shown };
    else pieces.push({ font, level, text: shown });
  }
  return inOrderOfSight(pieces);
}

/** Rule L2 of Unicode's bidirectional algorithm (UAX #9), over pieces rather than characters. */
function inOrderOfSight(pieces: readonly Piece[]): Line {
  const ordered = [...pieces];
  const highest = Math.max(0, ...pieces.map(({ level }) => level));
  for (let level = highest; level > 0; level--) {
    for (let start = 0; start < ordered.length; start++) {
      let end = start;
      while ((ordered[end]?.level ?? 0) >= level) end++;
      if (end > start) ordered.splice(start, end - start, ...ordered.slice(start, end).reverse());
      start = Math.max(start, end);
    }
  }
  return ordered.map(({ font, text }) => ({ font, text }));
}
