import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { imageNames, joinWords } from '#components/explore/lightbox/shown-image.ts';
import { rowItem } from '#components/explore/list/justified-rows.tsx';
import { scriptText } from '#components/explore/script-text.ts';
import { AroundOwnWords } from '#components/ui/own-words.tsx';
import { toSearchTerms } from '#lib/gallery/explore/search-terms.ts';
import { cleanTag } from '#lib/gallery/library/tags.ts';
import { explorePath, withImage } from '#lib/gallery/public/paths.ts';
import { isRobot } from '#lib/gallery/visit/visitor.ts';

test('what vendors write cannot end the script that describes their page', () => {
  const name = `</script><script>alert(1)</script><!-- \u2028\u2029 "'`;
  const text = scriptText({ name });
  expect(text).not.toMatch(/[<\u2028\u2029]/);
  expect(JSON.parse(text)).toEqual({ name });
});

describe('what is searched for', () => {
  test('is taken apart into few words, found anywhere from three letters on and by their beginning at two', () => {
    expect(toSearchTerms('فرش قم')).toEqual({
      spellings: ['فرش قم', 'فرشقم', 'فر شقم', 'فرش قم'].filter((one, at, all) => all.indexOf(one) === at),
      words: ['فرش', 'قم'],
      patterns: [['%فرش%'], ['قم%', '% قم%']],
    });
    expect(toSearchTerms('a b c d e f')).toBeNull();
    expect(toSearchTerms('ab ab')?.words).toEqual(['ab']);
    expect(toSearchTerms('one two three four five six seven')?.words).toHaveLength(5);
  });

  test('is found joined or parted, however it was typed', () => {
    const joined = toSearchTerms('گلدار');
    expect(joined?.patterns).toEqual([['%گلدار%', '%گل دار%', '%گلد ار%']]);
    expect(joined?.spellings).toEqual(['گلدار', 'گل دار', 'گلد ار']);
    // The half-space is a space to the database already.
    expect(toSearchTerms('گل دار')?.spellings).toContain('گلدار');
  });

  test('a tag is found however it was typed, and however it is searched for', () => {
    const ways = ['گلدار', 'گل\u200cدار', 'گل دار'];
    const around = [
      (word: string) => word,
      (word: string) => `لباس ${word}`,
      (word: string) => `${word} نخی`,
      (word: string) => `لباس ${word} نخی`,
    ];
    for (const within of around) {
      for (const kept of ways.map((way) => cleanTag(within(way)))) {
        for (const typed of ways) {
          expect(toSearchTerms(cleanTag(within(typed)))?.spellings).toContain(kept);
        }
      }
    }
    const many = toSearchTerms(Array.from({ length: 12 }, () => 'هفتحرفیه').join(' '));
    expect(many?.spellings.length).toBeLessThanOrEqual(60);
  });

  test('is no pattern of its own', () => {
    expect(toSearchTerms('50% a_b \\x')?.patterns).toEqual([
      ['%50\\%%'],
      ['%a\\_b%'],
      ['\\\\x%', '% \\\\x%'],
    ]);
    expect(toSearchTerms('')).toBeNull();
  });
});

test('an image takes its share of a row by its shape, and neither a sliver nor the whole of it', () => {
  expect(rowItem({ width: 400, height: 300 }).ratio).toBeCloseTo(4 / 3);
  expect(rowItem({ width: 4000, height: 100 }).ratio).toBe(2.2);
  expect(rowItem({ width: 100, height: 4000 }).ratio).toBe(0.56);
  expect(rowItem({ width: 300, height: 300 }).style).toEqual({
    flexGrow: 1,
    flexBasis: 'calc(var(--row) * 1.0000)',
  });
});

test('an image is heard by its description, else its title, else its tags and where it is from, and never by a number', () => {
  const words = (key: string, { tags, place }: { tags: string; place: string }) => `${key}|${tags}|${place}`;
  const image = { title: 'Carpet', altText: 'A red carpet', tags: ['red'], vendor: { name: 'Nika' } };
  const { titleOf, altOf } = imageNames(words);
  expect([titleOf(image), altOf(image)]).toEqual(['Carpet', 'A red carpet']);
  expect(altOf({ ...image, altText: null })).toBe('Carpet');
  const tagged = { ...image, title: null, altText: null, tags: ['قالی', 'سرخ', 'گره', 'پشم'] };
  expect(altOf(tagged)).toBe('taggedFrom|قالی، سرخ، گره|Nika');
  expect(imageNames(words, joinWords(['Spring', 'Nika'])).altOf({ ...tagged, tags: [] })).toBe(
    'pictureFrom||Spring, Nika',
  );
});

test('words of somebody else in a sentence of ours are heard in their own language', () => {
  const html = renderToStaticMarkup(createElement(AroundOwnWords, { text: 'Edit قالی now', own: 'قالی' }));
  expect(html).toBe('Edit <bdi lang="fa">قالی</bdi> now');
  expect(renderToStaticMarkup(createElement(AroundOwnWords, { text: 'Edit', own: '' }))).toBe('Edit');
});

test('addresses of the galleries say only what was asked for', () => {
  expect(explorePath({ q: null, tag: '', sort: undefined })).toBe('/explore');
  expect(explorePath({ tag: 'فرش & ?', sort: 'tried' })).toBe(
    `/explore?${new URLSearchParams({ tag: 'فرش & ?', sort: 'tried' })}`,
  );
  expect(withImage('/g/x', 'id')).toBe('/g/x?image=id');
  expect(withImage('/explore?q=a', 'id')).toBe('/explore?q=a&image=id');
});

test.each([
  [null, true],
  ['curl/8', true],
  ['Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)', true],
  ['TelegramBot (like TwitterBot) and some more words', true],
  ['facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)', true],
  ['Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/140.0 Safari/537.36', true],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Mobile Safari/604.1',
    false,
  ],
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0', false],
  ['Mozilla/5.0 (Linux; Android 14; CUBOT X70) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36', false],
])('of %s it is known whether it is a program: %s', (userAgent, expected) => {
  expect(isRobot(userAgent)).toBe(expected);
});
