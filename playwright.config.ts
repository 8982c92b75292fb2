import { defineConfig } from 'playwright/test';

/** Set by `npm test`, which starts the whole program first. */
const baseURL = process.env.BASE_URL ?? 'http://localhost:3000';

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: '.test/e2e',
  // One for all machines: they are words, not pictures.
  snapshotPathTemplate: 'tests/e2e/snapshots/{arg}{ext}',
  fullyParallel: true,
  workers: 2,
  // Terms in force are asked for on every page of those who were there before, and the gateway that is first takes every
  // payment: nothing else runs beside these journeys.
  projects: [
    { name: 'journeys', testIgnore: /(legal|second-gateway)\.spec/ },
    { name: 'for everybody', testMatch: /legal\.spec/, dependencies: ['journeys'] },
    { name: 'the second gateway', testMatch: /second-gateway\.spec/, dependencies: ['for everybody'] },
  ],
  forbidOnly: true,
  ...(process.env.TEST_FULL ? {} : { grepInvert: /@full/ }),
  // A journey on two busy cores may lose a race that is the machine's. `npm test` tries it once more and says how many
  // needed that; `npm run test:full` forgives nothing.
  retries: process.env.TEST_FULL ? 0 : 1,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [
    ['list'],
    ['json', { outputFile: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ?? '.test/playwright.json' }],
  ],
  use: {
    baseURL,
    browserName: 'chromium',
    timezoneId: 'Asia/Tehran',
    screenshot: 'only-on-failure',
    trace: 'off',
    // Without a graphics card what moves is drawn by the processor, an eighth of all its work here. `npm run test:full`
    // sees it move.
    ...(process.env.TEST_FULL ? {} : { contextOptions: { reducedMotion: 'reduce' as const } }),
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
