import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

export type ReceiptFonts = { readonly regular: Buffer; readonly bold: Buffer };

const folder = 'lib/payments/receipt/fonts';
let loaded: Promise<ReceiptFonts> | undefined;

/** Every process of ours is started in the project's folder; a bundled route knows no other. */
export function fontFile(name: 'Vazirmatn-Regular.ttf' | 'Vazirmatn-Bold.ttf'): string {
  return join(/* turbopackIgnore: true */ process.cwd(), folder, name);
}

async function readFonts(): Promise<ReceiptFonts> {
  const [regular, bold] = await Promise.all([
    readFile(fontFile('Vazirmatn-Regular.ttf')),
    readFile(fontFile('Vazirmatn-Bold.ttf')),
  ]);
  return { regular, bold };
}

/** The two faces of a receipt, read once a process. */
export function receiptFonts(): Promise<ReceiptFonts> {
  loaded ??= readFonts().catch((error) => {
    loaded = undefined;
    throw error;
  });
  return loaded;
}
