import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export type ReceiptFonts = { readonly regular: Buffer; readonly bold: Buffer };

const folder = 'lib/payments/receipt-fonts';
let loaded: Promise<ReceiptFonts> | undefined;

/** Beside this file when the program runs from source; a bundled route starts in the project's folder. */
function fontFile(name: string): string {
  const beside = fileURLToPath(new URL(`../../${folder}/${name}`, import.meta.url));
  return existsSync(beside) ? beside : join(/* turbopackIgnore: true */ process.cwd(), folder, name);
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
