import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { palette } from '../tailwind.config.ts';

/**
 * Draws the icons of the installed app from the mark: public/icons and app/apple-icon.png.
 * Run it after the mark or a colour has changed: node scripts/make-icons.ts
 */
const root = new URL('../', import.meta.url);
const place = (name: string) => fileURLToPath(new URL(name, root));

const star = 'M16 1l4.4 4.4h6.2v6.2L31 16l-4.4 4.4v6.2h-6.2L16 31l-4.4-4.4H5.4v-6.2L1 16l4.4-4.4V5.4h6.2z';

type Look = {
  side: number /** The mark's width, as a share of the icon's. */;
  share: number;
  ground: string;
};

/** The star on its ground, one half of its eye open: before and after. */
function draw({ side, share, ground }: Look): string {
  const scale = (side * share) / 32;
  const at = (side - 32 * scale) / 2;
  const { primary, 'on-primary': eye } = palette.light;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}"><rect width="100%" height="100%" fill="${ground}"/><g transform="translate(${at} ${at}) scale(${scale})"><path fill="${primary}" d="${star}"/><path fill="${eye}" d="M16 9a7 7 0 0 0 0 14z"/></g></svg>`;
}

const paper = palette.light.background;
const icons: readonly (Look & { file: string })[] = [
  { file: 'public/icons/192.png', side: 192, share: 0.84, ground: paper },
  { file: 'public/icons/512.png', side: 512, share: 0.84, ground: paper },
  // A launcher may cut away everything outside a circle of four fifths.
  { file: 'public/icons/512-maskable.png', side: 512, share: 0.58, ground: paper },
  { file: 'app/apple-icon.png', side: 180, share: 0.72, ground: paper },
];

await mkdir(place('public/icons'), { recursive: true });
for (const { file, ...look } of icons) {
  const png = await sharp(Buffer.from(draw(look)))
    .png({ palette: true, effort: 10 })
    .toBuffer();
  await writeFile(place(file), png);
  console.log(`${file.padEnd(30)} ${png.length} bytes`);
}
