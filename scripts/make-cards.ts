import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { fontFile } from '#lib/payments/receipt/fonts.ts';
import en from '../messages/en.json' with { type: 'json' };
import fa from '../messages/fa.json' with { type: 'json' };
import { palette } from '../tailwind.config.ts';

/**
 * Draws the cards that other sites show beside a link to a page without a picture of its own, and to the galleries:
 * public/samples/card-*.jpg, one for each language, 1200 x 630 pixels. Run it after the samples, a colour or the first words of the landing page have changed:
 * node scripts/make-cards.ts
 */
const root = new URL('../', import.meta.url);
const place = (name: string) => fileURLToPath(new URL(name, root));
const { background, ink, muted, primary, 'on-primary': eye } = palette.light;
const card = { width: 1200, height: 630 } as const;
/** The square of pictures at the end of the card, and the paper around the words. */
const picture = card.height;
const margin = 64;
const star = 'M16 1l4.4 4.4h6.2v6.2L31 16l-4.4 4.4v6.2h-6.2L16 31l-4.4-4.4H5.4v-6.2L1 16l4.4-4.4V5.4h6.2z';

async function words(text: string, size: number, colour: string, weight: 'Bold' | 'Regular') {
  return sharp({
    text: {
      text: `<span foreground="${colour}">${text}</span>`,
      fontfile: fontFile(`Vazirmatn-${weight}.ttf`),
      font: `Vazirmatn ${weight === 'Bold' ? 'Bold ' : ''}${size}`,
      width: card.width - picture - 2 * margin,
      dpi: 96,
      rgba: true,
      // For Pango "left" is where a line of the paragraph's own direction begins.
      align: 'left',
      wrap: 'word',
      spacing: size > 30 ? -14 : -4,
    },
  })
    .png()
    .toBuffer({ resolveWithObject: true });
}

/** The same portrait twice, the photo in front and a painting behind, parted from top to bottom. */
async function pictures(isRtl: boolean): Promise<Buffer> {
  const half = picture / 2;
  const side = (name: string, left: number) =>
    sharp(place(`public/samples/styles/${name}-640.webp`))
      .resize(picture, picture)
      .extract({ left, top: 0, width: half, height: picture })
      .toBuffer();
  const [first, second] = isRtl ? ['oil', 'original'] : ['original', 'oil'];
  return sharp({ create: { width: picture, height: picture, channels: 3, background } })
    .composite([
      { input: await side(first as string, 0), left: 0, top: 0 },
      { input: await side(second as string, half), left: half, top: 0 },
      {
        input: { create: { width: 4, height: picture, channels: 3, background } },
        left: half - 2,
        top: 0,
      },
    ])
    .png()
    .toBuffer();
}

/** One portrait in four looks, as a gallery shows them side by side. */
async function looks(): Promise<Buffer> {
  const half = picture / 2;
  const names = ['watercolor', 'popart', 'vintage', 'linocut'];
  const tiles = names.map(async (name, at) => ({
    input: await sharp(place(`public/samples/styles/${name}-640.webp`))
      .resize(half - 2, half - 2)
      .toBuffer(),
    left: (at % 2) * (half + 2),
    top: Math.floor(at / 2) * (half + 2),
  }));
  return sharp({ create: { width: picture, height: picture, channels: 3, background } })
    .composite(await Promise.all(tiles))
    .png()
    .toBuffer();
}

async function draw(locale: 'fa' | 'en', page: 'site' | 'explore'): Promise<void> {
  const { site, home, explore } = locale === 'fa' ? fa : en;
  const [title, text, name] =
    page === 'site'
      ? [home.headline, home.lead, `card-${locale}`]
      : [explore.title, explore.text, `card-explore-${locale}`];
  const isRtl = locale === 'fa';
  const mark = Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="72" height="72" viewBox="0 0 32 32"><path fill="${primary}" d="${star}"/><path fill="${eye}" d="M16 9a7 7 0 0 0 0 14z"/></svg>`,
  );
  const siteName = await words(site.name, 30, ink, 'Bold');
  const headline = await words(title, 40, ink, 'Bold');
  const lead = await words(text, 20, muted, 'Regular');
  const from = isRtl ? picture + margin : margin;
  const to = isRtl ? card.width - margin : card.width - picture - margin;
  const start = (width: number, inset = 0) => (isRtl ? to - width - inset : from + inset);
  const height = headline.info.height + 28 + lead.info.height;
  const top = Math.round((card.height - height) / 2) + 30;
  const jpeg = await sharp({ create: { ...card, channels: 3, background } })
    .composite([
      {
        input: await (page === 'site' ? pictures(isRtl) : looks()),
        left: isRtl ? 0 : card.width - picture,
        top: 0,
      },
      { input: mark, left: start(72), top: margin },
      {
        input: siteName.data,
        left: start(siteName.info.width, 90),
        top: margin + Math.round((72 - siteName.info.height) / 2),
      },
      { input: headline.data, left: start(headline.info.width), top },
      { input: lead.data, left: start(lead.info.width), top: top + headline.info.height + 28 },
    ])
    .jpeg({ quality: 84, mozjpeg: true })
    .toBuffer();
  await writeFile(place(`public/samples/${name}.jpg`), jpeg);
  console.log(`public/samples/${name}.jpg ${jpeg.length} bytes`);
}

for (const locale of ['fa', 'en'] as const) {
  for (const page of ['site', 'explore'] as const) await draw(locale, page);
}
