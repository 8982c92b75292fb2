import { defineConfig } from 'playwright/test';

/** Set by `npm test`, which starts the whole program first. */
const baseURL = process.env.BASE_URL ?? 'http://localhost:3000';

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: '.test/e2e',
  fullyParallel: true,
  workers: 2,
  forbidOnly: true,
  ...(process.env.TEST_FULL ? {} : { grepInvert: /@full/ }),
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
