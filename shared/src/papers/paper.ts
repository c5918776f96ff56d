import { toMilliseconds, type Instant } from '../kernel';
import { forOnePaper, loadFonts, type Fonts, type Typeface, type Weight } from './fonts';
import { setText, type Bidi } from './typesetting';

/** Points of 1/72 inch, from the top left corner; A4. */
export const sheet = { width: 595.28, height: 841.89, margin: 48 } as const;

export interface Ink {
  readonly size: number;
  readonly weight?: Weight;
  /** Of black; a lighter grey still prints. Black when not given. */
  readonly colour?: string;
  readonly width: number;
  readonly maxLines?: number;
  /** `left` is where lines begin: at the right on a mirrored paper. */
  readonly align?: 'left' | 'centre' | 'right';
  /** Rather set smaller than cut, on one line: amounts. */
  readonly whole?: true;
}

/** A PDF being written. */
export class Paper {
  private readonly typefaces = new Map<Typeface, Typeface>();

  constructor(
    private readonly pdf: PDFKit.PDFDocument,
    private readonly fonts: Fonts,
    private readonly bidi: Bidi,
    private readonly qrMatrix: (text: string) => QrMatrix,
    private readonly mirrored: boolean,
  ) {}

  page(): void {
    this.pdf.addPage();
  }

  /** Sets text with its first line's top at `y`; answers where the next line would start. */
  text(x: number, y: number, text: string, ink: Ink): number {
    const { weight = 'regular', colour = '#000', width, maxLines = 1, align = 'left' } = ink;
    const column = { fonts: this.fonts[weight], bidi: this.bidi, size: ink.size, width, maxLines };
    const { size, lines } = setText(text, column, ink.whole ?? false);
    const leading = size * 1.32;
    const start = this.mirrored ? sheet.width - x - width : x;
    this.pdf.fillColor(colour).fontSize(size);
    lines.forEach((line, i) => {
      const free = width - line.width;
      const atLeft = align === (this.mirrored ? 'right' : 'left');
      let left = start + (align === 'centre' ? free / 2 : atLeft ? 0 : free);
      for (const run of line.runs) {
        // pdfkit takes a font that fontkit has parsed, though its types don't say so.
        this.pdf.font(this.own(run.font) as unknown as Buffer, run.font.postscriptName);
        this.pdf.text(run.text, left, y + i * leading + size * 1.02, {
          lineBreak: false,
          baseline: 'alphabetic',
        });
        left += run.width;
      }
    });
    return y + lines.length * leading;
  }

  rule(
    x: number,
    y: number,
    toX: number,
    toY: number,
    style: { readonly thick?: number; readonly dashed?: boolean } = {},
  ): void {
    const { thick = 0.75, dashed = false } = style;
    this.pdf.save().moveTo(this.across(x), y).lineTo(this.across(toX), toY).lineWidth(thick);
    if (dashed) this.pdf.dash(3, { space: 3 });
    this.pdf.stroke('#000').restore();
  }

  frame(x: number, y: number, width: number, height: number, radius: number): void {
    this.pdf.save().roundedRect(x, y, width, height, radius).lineWidth(1).stroke('#000').restore();
  }

  /** A filled area whose two upper corners are round. */
  band(x: number, y: number, width: number, height: number, radius: number): void {
    this.pdf
      .save()
      .roundedRect(x, y, width, height + radius, radius)
      .clip();
    this.pdf.rect(x, y, width, height).fill('#000').restore();
  }

  /** A QR code of level M that fills the square with its quiet zone of four modules; each row's dark stretches are one shape. */
  qr(x: number, y: number, side: number, text: string): void {
    const matrix = this.qrMatrix(text);
    const { size } = matrix;
    const module = side / (size + 8);
    const left = this.mirrored ? this.across(x + side) : x;
    this.pdf.save().rect(left, y, side, side).fill('#fff');
    for (let row = 0; row < size; row++) {
      for (let column = 0; column < size; column++) {
        const start = column;
        while (column < size && matrix.isDark(row, column)) column++;
        // A hair taller than a module, so that no renderer leaves a light seam between rows.
        if (column > start)
          this.pdf.rect(
            left + (4 + start) * module,
            y + (4 + row) * module,
            (column - start) * module,
            module * 1.01,
          );
      }
    }
    this.pdf.fill('#000').restore();
  }

  private across(x: number): number {
    return this.mirrored ? sheet.width - x : x;
  }

  private own(font: Typeface): Typeface {
    let own = this.typefaces.get(font);
    if (!own) this.typefaces.set(font, (own = forOnePaper(font)));
    return own;
  }

  async end(): Promise<Uint8Array> {
    this.pdf.end();
    const chunks: Buffer[] = [];
    for await (const chunk of this.pdf as AsyncIterable<Buffer>) chunks.push(chunk);
    return Buffer.concat(chunks);
  }
}

export interface QrMatrix {
  /** Modules along one side. */
  readonly size: number;
  isDark(row: number, column: number): boolean;
}

/** The modules of a QR code of level M: 15 % of it may be dirt. */
export async function qrCode(): Promise<(text: string) => QrMatrix> {
  const { default: qrcode } = await import('qrcode');
  return (text) => {
    const { modules } = qrcode.create(text, { errorCorrectionLevel: 'M' });
    return { size: modules.size, isDark: (row, column) => modules.get(row, column) === 1 };
  };
}

/** Reads the table of Unicode's directions when it is made. */
let reader: Bidi | undefined;

/** All that draws is heavy, and is loaded when the first paper is asked for. */
export async function openPaper(about: {
  readonly title: string;
  readonly at: Instant;
  readonly locale: string;
  /** What is drawn at the left stands at the right, for languages that begin there. */
  readonly mirrored?: boolean;
}): Promise<Paper> {
  const [{ default: PdfDocument }, { default: bidi }, fonts, qr] = await Promise.all([
    import('pdfkit'),
    import('bidi-js'),
    loadFonts(),
    qrCode(),
  ]);
  const pdf = new PdfDocument({
    size: [sheet.width, sheet.height],
    margin: 0,
    autoFirstPage: false,
    // Helvetica, the default, would be read from a file beside pdfkit and knows only Western European letters.
    font: '',
    lang: about.locale,
    displayTitle: true,
    info: {
      Title: about.title,
      Creator: 'Boxoffice',
      Producer: 'Boxoffice',
      CreationDate: new Date(toMilliseconds(about.at)),
    },
  });
  // Its types describe an ES module, but what Node.js loads is CommonJS: the function itself.
  reader ??= (bidi as unknown as () => Bidi)();
  return new Paper(pdf, fonts, reader, qr, about.mirrored ?? false);
}
