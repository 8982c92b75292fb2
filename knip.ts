/**
 * What `npm run unused` looks at. A pattern that ends with "!" is production too: `--production` leaves the tests out and
 * finds what only they use. There, a test may import what its own file uses as well; an export that is there for tests
 * alone says why and has `@internal`.
 */
export default {
  ignoreExportsUsedInFile: process.argv.includes('--production'),
  entry: [
    // Commands, started by name through scripts/bootstrap.mjs.
    'scripts/*.{ts,mjs}!',
    'scripts/bench/*.ts!',
    // Run by the Dockerfile, by path.
    'scripts/steps/trim-packages.mjs!',
    // Bundled for a browser by scripts/rig/engine-site.ts.
    'scripts/rig/engine-page.ts!',
    // Started as threads, by path.
    'lib/**/*-thread.ts!',
    // Loaded by the thread of networks, by path.
    'lib/**/*-answers.ts!',
    // Put in the place of next-intl's own by next.config.mjs.
    'lib/core/i18n/format-message.ts!',
    'tests/e2e/*.spec.ts',
    // Started as processes, or bundled for a browser, by path.
    'tests/support/processes/*.ts',
    'tests/support/browser/*.ts',
  ],
  project: [
    'app/**/*.{ts,tsx}!',
    'components/**/*.{ts,tsx}!',
    'lib/**/*.ts!',
    'scripts/**/*.{ts,mjs}!',
    'tests/**/*.ts',
  ],
  ignoreDependencies: [
    // Imported by the generated client, which is not in the repository.
    '@prisma/client',
    // Imported by scripts/make-fonts.ts as a module without types, through a variable.
    'subset-font',
    // Its compiler is started as a process, by scripts/steps/compile-kernels.ts.
    'assemblyscript',
  ],
  // The machine's own, in tests and scripts that say what they need.
  ignoreBinaries: ['apt-get', 'mount', 'umount', 'useradd'],
};
