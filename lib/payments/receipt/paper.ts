import PDFDocument from 'pdfkit';
import type { ReceiptFonts } from './fonts.ts';
import { plainText, visualRuns } from './text.ts';

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
   * Writes one line whose upper edge is at `y`. It is a paragraph of the tagged file, which says in the order of reading,
   * with its half-spaces, what the glyphs show.
   */
  line(text: string, y: number, look: Look): void {
    const { size, bold = false, color = 'text', at = 'start', direction = this.direction } = look;
    this.document.font(bold ? 'bold' : 'regular').fontSize(size);
    const shown = this.fitted(text, direction, look.width ?? ReceiptPaper.width);
    const runs = visualRuns(shown, direction).map((run) => ({ run, width: this.widthOf(run) }));
    const whole = runs.reduce((sum, { width }) => sum + width, 0);
    const isLeft = (this.direction === 'ltr') === (at === 'start');
    const inTheMiddle = (page.width - whole) / 2;
    let x = at === 'middle' ? inTheMiddle : isLeft ? page.margin : page.width - page.margin - whole;
    const paragraph = this.document.struct('P', { actual: plainText(shown) });
    this.sheet.add(paragraph);
    paragraph.add(this.document.markStructureContent('P'));
    this.document.fillColor(ink[color]);
    for (const { run, width } of runs) {
      this.document.text(run, x, y, { lineBreak: false, features: ['kern'] });
      x += width;
    }
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

  private widthOf(run: string): number {
    return this.document.widthOfString(run, { lineBreak: false, features: ['kern'] });
  }

  private fitted(text: string, direction: 'rtl' | 'ltr', room: number): string {
    const letters = [...text.trim()].slice(0, 200);
    const widthWith = (line: string) =>
      visualRuns(line, direction).reduce((sum, run) => sum + this.widthOf(run), 0);
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
