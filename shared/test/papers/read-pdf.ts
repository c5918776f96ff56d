import jsqr from 'jsqr';
import { inflateSync } from 'node:zlib';

/** What a page of one of our PDFs says, read back from its bytes as a viewer would. */
export interface ReadPage {
  /** Stretches of text in the order of drawing. */
  readonly texts: readonly string[];
  /** What its QR code carries; undefined where none can be read. */
  readonly code: string | undefined;
}

/** Reads what `papers` writes: one content stream a page, Identity-H fonts with ToUnicode, rectangles. Not other PDFs. */
export function readPdf(bytes: Uint8Array): readonly ReadPage[] {
  const objects = objectsOf(Buffer.from(bytes));
  const text = (id: number): string => objects.get(id)?.text ?? '';
  return [...objects.keys()]
    .filter((id) => /\/Type \/Page\b(?!s)/.test(text(id)))
    .map((id) => {
      const content = objects.get(reference(text(id), 'Contents'))?.stream ?? '';
      const resources = text(reference(text(id), 'Resources'));
      const fonts = new Map(
        Array.from(resources.matchAll(/\/(F\d+) (\d+) 0 R/g), ([, name = '', font]) => {
          return [
            name,
            unicodeOf(objects.get(reference(text(Number(font)), 'ToUnicode'))?.stream ?? ''),
          ] as const;
        }),
      );
      return {
        texts: textsOf(content, fonts),
        get code() {
          return codeOf(content);
        },
      };
    });
}

interface PdfObject {
  readonly text: string;
  readonly stream: string;
}

function objectsOf(pdf: Buffer): Map<number, PdfObject> {
  const objects = new Map<number, PdfObject>();
  const raw = pdf.toString('latin1');
  for (const [, id, body = ''] of raw.matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) {
    const [text = '', after] = body.split('stream\n', 2);
    const stream = after === undefined ? '' : body.slice(text.length + 7, body.lastIndexOf('\nendstream'));
    const packed = text.includes('FlateDecode') && !/\/(Subtype|Length1)/.test(text);
    objects.set(Number(id), {
      text,
      stream: packed ? inflateSync(Buffer.from(stream, 'latin1')).toString('latin1') : stream,
    });
  }
  return objects;
}

const reference = (text: string, name: string): number =>
  Number(new RegExp(`/${name} (\\d+) 0 R`).exec(text)?.[1] ?? -1);

function unicodeOf(cmap: string): readonly string[] {
  const glyphs: string[] = [];
  for (const [, start = '', , list = ''] of cmap.matchAll(/<(\w+)> <(\w+)> \[([^\]]*)\]/g)) {
    Array.from(list.matchAll(/<([\w ]*)>/g)).forEach(([, units = ''], i) => {
      const codes = units
        .split(' ')
        .filter(Boolean)
        .map((unit) => parseInt(unit, 16));
      glyphs[parseInt(start, 16) + i] = String.fromCharCode(...codes);
    });
  }
  return glyphs;
}

function textsOf(content: string, fonts: ReadonlyMap<string, readonly string[]>): string[] {
  const texts: string[] = [];
  let font: readonly string[] = [];
  for (const [, name, shown] of content.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
    if (name !== undefined) font = fonts.get(name) ?? [];
    else
      texts.push(
        Array.from((shown ?? '').matchAll(/<(\w*)>/g), ([, run = '']) =>
          Array.from(run.matchAll(/..../g), ([glyph]) => font[parseInt(glyph, 16)] ?? '?').join(''),
        ).join(''),
      );
  }
  return texts;
}

/** Draws the small rectangles on a raster, as a printer does, and has a scanner look at it. */
function codeOf(content: string): string | undefined {
  const boxes = Array.from(content.matchAll(/([-\d.]+) ([-\d.]+) ([-\d.]+) ([-\d.]+) re/g), (found) =>
    found.slice(1).map(Number),
  );
  const modules = boxes.filter(([, , , height = 0]) => height < 8);
  if (modules.length === 0) return undefined;
  const dotsPerPoint = 4;
  const left = Math.min(...modules.map(([x = 0]) => x)) - 16;
  const top = Math.min(...modules.map(([, y = 0]) => y)) - 16;
  const right = Math.max(...modules.map(([x = 0, , width = 0]) => x + width)) + 16;
  const side = Math.ceil((right - left) * dotsPerPoint);
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
  for (const [x = 0, y = 0, width = 0, height = 0] of modules) {
    for (let row = Math.round((y - top) * dotsPerPoint); row < (y - top + height) * dotsPerPoint; row++)
      for (
        let column = Math.round((x - left) * dotsPerPoint);
        column < (x - left + width) * dotsPerPoint;
        column++
      )
        pixels.fill(0, (row * side + column) * 4, (row * side + column) * 4 + 3);
  }
  return jsqr(pixels, side, side)?.data;
}
