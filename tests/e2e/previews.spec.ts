import type { APIRequestContext } from 'playwright/test';
import sharp from 'sharp';
import { demoHandle } from '#scripts/seed/demo-gallery.ts';
import { expect, test } from './support/test.ts';

/** The programs that draw a preview of a link, and one that lists pages, by what they call themselves. */
const robots = {
  Telegram: 'TelegramBot (like TwitterBot)',
  WhatsApp: 'WhatsApp/2.23.20.0',
  Twitter: 'Twitterbot/1.0',
  Facebook: 'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)',
  Google: 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
} as const;

const pages = ['/', '/styles', '/explore', '/plans', '/privacy', '/terms', '/contact', '/studio', '/signup'];
const found = [...pages, '/vendor/signup', '/login', `/g/${demoHandle}`];

/** Whether robots.txt lets everybody read a path: the longest rule that fits it counts (RFC 9309). */
function mayRead(text: string, path: string): boolean {
  const rules = [...text.matchAll(/^(Allow|Disallow): (\S+)$/gm)]
    .map(([, verb, rule = '']) => ({ verb, rule }))
    .filter(({ rule }) => (rule.endsWith('$') ? path === rule.slice(0, -1) : path.startsWith(rule)))
    .sort((one, other) => other.rule.length - one.rule.length);
  return rules[0]?.verb !== 'Disallow';
}

const meta = (html: string, name: string) =>
  new RegExp(`<meta (?:property|name)="${name}" content="([^"]*)"`).exec(html)?.[1];

async function checkCard(request: APIRequestContext, address: string): Promise<void> {
  const answer = await request.get(address);
  expect(answer.headers()['content-type'], address).toBe('image/jpeg');
  const bytes = await answer.body();
  expect(bytes.length, address).toBeLessThan(300_000);
  expect(await sharp(bytes).metadata()).toMatchObject({ format: 'jpeg', width: 1200, height: 630 });
}

test('every public page shows its card to the programs that draw previews, in both languages', async ({
  request,
}) => {
  test.setTimeout(180_000);
  const rules = await (await request.get('/robots.txt')).text();
  const cards = new Set<string>();
  for (const prefix of ['', '/en']) {
    for (const path of found.map((one) => prefix + one)) {
      for (const [robot, agent] of Object.entries(robots)) {
        const where = `${robot} at ${path}`;
        expect(mayRead(rules, path), where).toBe(true);
        const html = await (await request.get(path, { headers: { 'user-agent': agent } })).text();
        // In the head: none of these programs reads on.
        const head = html.slice(0, html.indexOf('</head>'));
        for (const name of [
          'og:title',
          'og:description',
          'og:url',
          'og:image',
          'twitter:card',
          'description',
        ]) {
          expect(meta(head, name), `${name}, ${where}`).toBeTruthy();
        }
        expect(head, where).toMatch(/<link rel="canonical" href="http/);
        const card = new URL(meta(head, 'og:image') ?? '');
        expect(mayRead(rules, card.pathname), where).toBe(true);
        cards.add(card.pathname);
      }
    }
  }
  // The site's own and that of the galleries in two languages, and a gallery's.
  expect(cards.size).toBe(5);
  for (const card of cards) await checkCard(request, card);
});
