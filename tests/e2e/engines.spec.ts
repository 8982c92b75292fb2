import { test as bare, expect } from 'playwright/test';
import { onChromium } from './engines/chromium.ts';
import { waitFor } from './engines/engine.ts';
import { openFirefox } from './engines/firefox.ts';
import { everyFocus } from './engines/focus-seen.ts';
import { personsDay } from './engines/journeys.ts';
import { installed } from './engines/processes.ts';
import { vendorsDay } from './engines/vendor-journey.ts';
import { walkerAt } from './engines/walk.ts';
import { openWebKit } from './engines/webkit.ts';
import { inOrder, pageTimes } from './support/page-times.ts';
import { test } from './support/test.ts';
import { fullOnly } from './support/tier.ts';

/**
 * The main journeys with the keyboard alone and by ear, in three engines, in the full tier. Firefox and WebKit are driven by their own
 * protocols and as Debian installs them. Where one is not installed its journeys are
 * skipped and counted so.
 */
const engines = [
  { name: 'Firefox', binary: installed.firefox, open: openFirefox, locale: 'fa', packages: 'firefox-esr' },
  {
    name: 'WebKit',
    binary: installed.webkit,
    open: openWebKit,
    locale: 'en',
    packages: 'webkit2gtk-driver xvfb',
  },
] as const;

const days = [
  { title: 'a person signs up, converts, shares, looks at a gallery and pays', walk: personsDay },
  { title: 'a vendor signs up and puts the pictures of an album in order', walk: vendorsDay },
  { title: 'the focus is seen wherever Tab leads on every page', walk: everyFocus },
] as const;

for (const { title, walk } of days) {
  for (const locale of ['fa', 'en'] as const) {
    test(
      `${title}, by keyboard in Chromium (${locale})`,
      fullOnly(true),
      async ({ page, baseURL: base = '' }) => {
        test.setTimeout(600_000);
        await walk(walkerAt(onChromium(page), base), base, locale);
      },
    );
  }

  for (const { name, binary, open, locale, packages } of engines) {
    bare(`${title}, by keyboard in ${name}`, fullOnly(true), async ({ baseURL: base = '' }) => {
      bare.skip(!binary, `${name} is not installed (on Debian: apt-get install ${packages})`);
      bare.setTimeout(600_000);
      const engine = await open(binary ?? '');
      try {
        await walk(walkerAt(engine, base), base, locale);
        expect(engine.troubles()).toEqual([]);
      } finally {
        await engine.close();
      }
    });
  }
}

for (const { name, binary, open, packages } of engines) {
  bare(
    `a page is painted before it asks for a script, and loaded after it, in ${name}`,
    fullOnly(true),
    async ({ baseURL: base = '' }) => {
      bare.skip(!binary, `${name} is not installed (on Debian: apt-get install ${packages})`);
      const engine = await open(binary ?? '');
      try {
        for (const path of ['/', '/en/contact', '/explore']) {
          await engine.goto(new URL(path, base).href);
          await waitFor(
            () => engine.run(() => document.readyState === 'complete' || null),
            'a page that is loaded',
          );
          const times = await engine.run(pageTimes);
          expect([path, times, inOrder(times)]).toEqual([path, times, true]);
        }
        expect(engine.troubles()).toEqual([]);
      } finally {
        await engine.close();
      }
    },
  );
}

bare(
  'whoever leaves a page while another is on its way comes to where they wanted, in Firefox',
  fullOnly(true),
  async ({ baseURL: base = '' }) => {
    bare.skip(!installed.firefox, 'Firefox is not installed (on Debian: apt-get install firefox-esr)');
    bare.setTimeout(120_000);
    const engine = await openFirefox(installed.firefox ?? '');
    const at = walkerAt(engine, base);
    try {
      // Each time the router is asking for its page when the other is asked for; it gets no answer to that.
      for (let turn = 0; turn < 12; turn += 1) {
        await at.visit('/en/contact');
        await at.until('footer a[href="/en/terms"]');
        await engine.run(() => document.querySelector<HTMLElement>('footer a[href="/en/terms"]')?.click());
        await engine.goto(new URL('/en/plans', base).href);
        await at.untilAt(/\/en\/plans$/);
      }
      expect(engine.troubles()).toEqual([]);
    } finally {
      await engine.close();
    }
  },
);
