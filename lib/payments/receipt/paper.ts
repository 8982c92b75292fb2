import PDFDocument from 'pdfkit';
import type { ReceiptFonts } from './fonts.ts';
import { type EmbeddedFont, endOf, marksOf, type ShapedRun, shapeRun } from './glyphs.ts';
import { plainText, type Run, runsOf } from './text.ts';

/** Points; A5 is a receipt's size. */
const page = { width: 419.53, height: 595.28, margin: 40 } as const;
/** Of the site's light theme: paper, ink and one deep turquoise. */
const ink = { text: '#16181D', muted: '#5B6068', line: '#E6E2DA', primary: '#0B7A75', paper: '#FBFAF7' };

type Look = {
  size: number;
  bold?: boolean;
  color?: keyof typeof ink;
  /** Where the line stands: at the side where reading begins, or at the other. */
  at?: 'start' | 'end' | 'middle';
  direction?: 'rtl' | 'ltr';
  /** At most this wide; what is longer ends in an ellipsis. */
  width?: number;
};

const nothing: ShapedRun = { glyphs: [], width: 0, isRightToLeft: false };

/** A text as files of this kind say it: UTF-16 behind its mark, in hexadecimal. */
const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16().toString('hex');

/** A sheet of paper to write lines on, in either direction, with the font embedded. Coordinates are points. */
export class ReceiptPaper {
  static readonly width = page.width - 2 * page.margin;
  static readonly bottom = page.height - page.margin;
  private readonly direction: 'rtl' | 'ltr';
  private readonly document: PDFKit.PDFDocument;
  private readonly sheet: PDFKit.PDFStructureElement;
  private readonly chunks: Buffer[] = [];
  private readonly done: Promise<void>;

  constructor(
    fonts: ReceiptFonts,
    direction: 'rtl' | 'ltr',
    about: { title: string; author: string; language: string; at: Date },
  ) {
    this.direction = direction;
    this.document = new PDFDocument({
      size: 'A5',
      margin: 0,
      // The first font must be ours: the library would else read one of its own from disk.
      font: fonts.regular as unknown as string,
      lang: about.language,
      displayTitle: true,
      tagged: true,
      pdfVersion: '1.5',
      info: { Title: about.title, Author: about.author, CreationDate: about.at, ModDate: about.at },
    });
    this.document.registerFont('regular', fonts.regular);
    this.document.registerFont('bold', fonts.bold);
    this.document.on('data', (chunk: Buffer) => this.chunks.push(chunk));
    this.done = new Promise((resolve, reject) => {
      this.document.on('end', resolve);
      this.document.on('error', reject);
    });
    this.sheet = this.document.struct('Document');
    this.document.addStructure(this.sheet);
    this.decorate(() => this.document.rect(0, 0, page.width, page.height).fill(ink.paper));
  }

  /**
   * Writes one line whose upper edge is at `y`. It is a paragraph of the tagged file, which says what the glyphs show; they
   * themselves come in the order of reading, each at its own place, so that it can be copied and searched with its half-spaces.
   */
  line(text: string, y: number, look: Look): void {
    const { size, bold = false, color = 'text', at = 'start', direction = this.direction } = look;
    this.document.font(bold ? 'bold' : 'regular').fontSize(size);
    const shown = this.fitted(text, { direction, size, room: look.width ?? ReceiptPaper.width });
    const { read, seen } = runsOf(shown, direction);
    const shaped = new Map(read.map((run) => [run, shapeRun(this.font, run)]));
    const widthOf = (run: Run) => ((shaped.get(run)?.width ?? 0) * size) / 1000;
    const whole = seen.reduce((sum, run) => sum + widthOf(run), 0);
    const isLeft = (this.direction === 'ltr') === (at === 'start');
    const inTheMiddle = (page.width - whole) / 2;
    let x = at === 'middle' ? inTheMiddle : isLeft ? page.margin : page.width - page.margin - whole;
    const paragraph = this.document.struct('P', { actual: plainText(shown) });
    this.sheet.add(paragraph);
    paragraph.add(this.document.markStructureContent('P'));
    this.document.fillColor(ink[color]);
    const lefts = new Map<Run, number>();
    for (const run of seen) {
      lefts.set(run, x);
      x += widthOf(run);
    }
    const runs = read.map((run) => ({
      run: shaped.get(run) ?? nothing,
      x: lefts.get(run) ?? 0,
    }));
    const end = { run: endOf(this.font), x: direction === 'rtl' ? (runs.at(-1)?.x ?? x) : x };
    this.draw([...runs, end], y, size, direction);
    this.document.endMarkedContent();
    paragraph.end();
  }

  /** A hairline across the sheet. */
  rule(y: number): void {
    this.decorate(() =>
      this.document
        .moveTo(page.margin, y)
        .lineTo(page.width - page.margin, y)
        .lineWidth(0.75)
        .stroke(ink.line),
    );
  }

  /** A pattern of square cells, `side` points wide, in the middle of the sheet; the true ones are dark. */
  cells(rows: readonly (readonly boolean[])[], count: number, y: number, side: number): void {
    const cell = side / count;
    const x = (page.width - side) / 2;
    this.decorate(() => {
      for (const [down, row] of rows.entries()) {
        for (const [across, isDark] of row.entries()) {
          if (isDark) this.document.rect(x + across * cell, y + down * cell, cell, cell);
        }
      }
      this.document.fill(ink.text);
    });
  }

  /** The mark of the house, `size` points high, where reading begins. */
  mark(y: number, size: number): void {
    const x = this.direction === 'ltr' ? page.margin : page.width - page.margin - size;
    const drawn = 'M16 2 11.9 6.1H6.1v5.8L2 16l4.1 4.1v5.8h5.8L16 30M16 9a7 7 0 0 0 0 14';
    const filled = 'M16 2l4.1 4.1h5.8v5.8L30 16l-4.1 4.1v5.8h-5.8L16 30v-7a7 7 0 0 0 0-14z';
    this.decorate(() => {
      this.document
        .save()
        .translate(x, y)
        .scale(size / 32);
      this.document.path(drawn).lineWidth(1.5).lineJoin('round').stroke(ink.text);
      this.document.path(filled).fill(ink.primary);
      this.document.restore();
    });
  }

  /** Ends the sheet and gives the file. */
  async finish(): Promise<Buffer> {
    this.sheet.end();
    this.document.end();
    await this.done;
    return Buffer.concat(this.chunks);
  }

  /** Draws what says nothing and is read to nobody. */
  private decorate(draw: () => void): void {
    this.document.markContent('Artifact');
    draw();
    this.document.endMarkedContent();
  }

  /** The library's own font; its types know of strings alone. */
  private get font(): EmbeddedFont {
    return (this.document as unknown as { _font: EmbeddedFont })._font;
  }

  /** Places each glyph by itself, in the order of reading. */
  private draw(
    runs: readonly { run: ShapedRun; x: number }[],
    y: number,
    size: number,
    direction: 'rtl' | 'ltr',
  ): void {
    const { font } = this;
    const out = this.document as unknown as {
      page: { fonts: Record<string, unknown> };
      addContent(text: string): void;
    };
    out.page.fonts[font.id] ??= font.ref();
    const baseline = page.height - y - (font.ascender * size) / 1000;
    const number = (value: number) => String(Math.round(value * 1000) / 1000);
    // The library's pages begin at their upper edge; text stands on its feet again.
    out.addContent(`q 1 0 0 -1 0 ${number(page.height)} cm BT /${font.id} ${number(size)} Tf`);
    const markOf = marksOf(direction);
    for (const { run, x } of runs) {
      for (const glyph of run.glyphs) {
        const [left, foot] = [x + (glyph.x * size) / 1000, baseline + (glyph.y * size) / 1000];
        const shown = `1 0 0 1 ${number(left)} ${number(foot)} Tm <${glyph.code.toString(16).padStart(4, '0')}> Tj`;
        const said = markOf(glyph, run);
        out.addContent(said === null ? shown : `/Span <</ActualText <${utf16(said)}>>> BDC ${shown} EMC`);
      }
    }
    out.addContent('ET Q');
  }

  private widthOf(line: string, direction: 'rtl' | 'ltr', size: number): number {
    const { seen } = runsOf(line, direction);
    return (seen.reduce((sum, run) => sum + shapeRun(this.font, run).width, 0) * size) / 1000;
  }

  private fitted(
    text: string,
    { direction, size, room }: { direction: 'rtl' | 'ltr'; size: number; room: number },
  ): string {
    const letters = [...text.trim()].slice(0, 200);
    const widthWith = (line: string) => this.widthOf(line, direction, size);
    if (widthWith(letters.join('')) <= room) return letters.join('');
    let [fits, tooMany] = [0, letters.length];
    while (tooMany - fits > 1) {
      const middle = Math.floor((fits + tooMany) / 2);
      if (widthWith(`${letters.slice(0, middle).join('')}…`) <= room) fits = middle;
      else tooMany = middle;
    }
    return `${letters.slice(0, fits).join('')}…`;
  }
}
