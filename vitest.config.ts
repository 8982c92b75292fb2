import { defineConfig } from 'vitest/config';

/** The kinds of tests, each a folder below tests/. Those with a database get a clone of one migrated template. */
const withDatabase = ['sql', 'integration', 'access', 'contract'];
const without = ['unit', 'architecture'];

/**
 * A hundred thousand rows take most of a minute to make: their plans are read by `npm run test:full`. So is what the upload
 * service's own client does in a browser: every journey with a photo goes by it. And every style on the device
 * beside the server, pixel by pixel: a minute. And photos at their full size, what presets once did to some faces, and the
 * demo's shade cards, which are drawn first: all paintings by the dozen.
 */
const long = process.env.TEST_FULL
  ? []
  : [
      'tests/sql/gallery/query-plans.test.ts',
      'tests/contract/files/browser-sdk.test.ts',
      'tests/contract/styles/device-engine.test.ts',
      'tests/unit/styles/bands.test.ts',
      'tests/unit/styles/painting.test.ts',
      'tests/unit/styles/preset-faults.test.ts',
      'tests/unit/styles/shade-cards.test.ts',
      'tests/integration/bot/converting.test.ts',
      'tests/integration/bot/running.test.ts',
    ];

const project = (name: string, more: object = {}) => ({
  extends: true as const,
  test: { name, include: [`tests/${name}/**/*.test.{ts,tsx}`], exclude: long, ...more },
});

/** Real processes that are killed, one scenario after the other: `npm run test:faults`. */
const faults = process.env.TEST_FAULTS
  ? [project('faults', { globalSetup: ['tests/support/database/global-setup.ts'], fileParallelism: false })]
  : [];

export default defineConfig({
  test: {
    environment: 'node',
    pool: 'forks',
    // More than two cores: a third of a file's time is waiting for leases, lines and processes that end.
    maxWorkers: 4,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // A test that asks our own web server without starting one finds nobody, also while `npm run up` runs beside it.
    env: { PORT: '1' },
    passWithNoTests: true,
    projects: [
      ...without.map((name) => project(name)),
      ...withDatabase.map((name) =>
        project(name, { globalSetup: ['tests/support/database/global-setup.ts'] }),
      ),
      ...faults,
    ],
  },
});
