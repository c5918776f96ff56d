import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import files from './fonts.json';

export type Weight = keyof typeof files;

/** A font as fontkit reads it; pdfkit embeds the glyphs that were used. */
export interface Typeface {
  readonly postscriptName: string;
  readonly unitsPerEm: number;
  hasGlyphForCodePoint(codePoint: number): boolean;
  layout(text: string): { readonly advanceWidth: number };
}

/** Latin, Greek and Cyrillic first, then Japanese and Arabic, then whatever DejaVu knows: Hebrew, Georgian, arrows and hearts. */
export type Fonts = Readonly<Record<Weight, readonly Typeface[]>>;

let reading: Promise<Fonts> | undefined;

/** Read and parsed the first time, they stay for the life of the process. */
export function loadFonts(): Promise<Fonts> {
  reading ??= readFonts().catch((error: unknown) => {
    reading = undefined;
    throw error;
  });
  return reading;
}

async function readFonts(): Promise<Fonts> {
  const { create } = await import('fontkit');
  const read = (names: readonly string[]): Promise<readonly Typeface[]> =>
    Promise.all(names.map(async (name) => create(await readFile(locate(name))) as unknown as Typeface));
  const [regular, bold] = await Promise.all([read(files.regular), read(files.bold)]);
  return { regular, bold };
}

/**
 * fontkit keeps each glyph with the letters of its first use, and a part of an accented letter has none: were the glyphs shared,
 * one paper's accents would leave letters that can't be copied from the next. The tables, which cost the time, are shared.
 */
export const forOnePaper = (font: Typeface): Typeface =>
  Object.assign(Object.create(font) as Typeface, { _glyphs: {} });

// A deployed Function App has no node_modules: its build puts the files of fonts.json into `fonts`, beside the folder of what is loaded lazily.
function locate(name: string): string {
  try {
    return createRequire(__filename).resolve(name);
  } catch {
    return path.join(__dirname, '../fonts', path.basename(name));
  }
}

/** The first font that has every character of the grapheme; undefined when none has. */
export function fontFor(fonts: readonly Typeface[], grapheme: string): Typeface | undefined {
  return fonts.find((font) =>
    Array.from(grapheme).every(
      (character) => isIgnorable(character) || font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0),
    ),
  );
}

const isIgnorable = (character: string): boolean => /^\p{Default_Ignorable_Code_Point}$/u.test(character);
