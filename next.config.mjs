import { copyFileSync, mkdirSync } from 'node:fs';
import { PHASE_PRODUCTION_SERVER } from 'next/constants.js';
import createNextIntlPlugin from 'next-intl/plugin';

const withIntl = createNextIntlPlugin('./lib/core/i18n/request.ts');

// Several builds of one tree can live side by side (a test run beside a development server).
const distDir = process.env.NEXT_DIST_DIR ?? '.next';

/** Fonts carry their version in the name, so a new one is a new address. */
const forever = [{ key: 'Cache-Control', value: 'public, max-age=31536000, immutable' }];

/**
 * Next.js writes its wishes into whichever tsconfig it is given. It gets a copy, so that starting a
 * server never edits a tracked file.
 */
function copyOfTypeScriptConfig() {
  const copy = `node_modules/.cache/tsconfig.${distDir.replace(/\W+/g, '')}.json`;
  mkdirSync('node_modules/.cache', { recursive: true });
  copyFileSync('tsconfig.json', copy);
  return copy;
}

/** @type {import('next').NextConfig} */
const config = {
  distDir,
  poweredByHeader: false,
  // Answers are packed by scripts/web.ts, behind what it does to them.
  compress: false,
  reactStrictMode: true,
  // Native modules and modules that must exist exactly once per process.
  serverExternalPackages: [
    'pg-boss',
    'pg',
    'sharp',
    'pino',
    'pdfkit',
    'prom-client',
    '@opentelemetry/api',
    '@opentelemetry/exporter-trace-otlp-http',
    '@opentelemetry/resources',
    '@opentelemetry/sdk-trace',
    '@prisma/client',
    '@prisma/adapter-pg',
  ],
  // Types are checked by `npm test`, over the whole tree and not only over pages.
  typescript: { ignoreBuildErrors: true },
  // Our pictures are stored in the sizes we show; the optimiser would only be another door.
  images: { unoptimized: true },
  // A development server would print what is sent to an action, passwords too.
  logging: { serverFunctions: false },
  experimental: { globalNotFound: true },
  turbopack: {
    resolveAlias: {
      // Values are put into compiled sentences: no page brings the parser of their text.
      'use-intl/format-message': {
        browser: './lib/core/i18n/format-compiled.ts',
        default: './lib/core/i18n/format-message.ts',
      },
    },
  },
  devIndicators: false,
  // Asked for by browsers that show an answer which is no page; pages name their own.
  rewrites: async () => [{ source: '/favicon.ico', destination: '/icons/192.png' }],
  headers: async () => [{ source: '/fonts/:file*.woff2', headers: forever }],
};

/** @param {string} phase */
export default function configure(phase) {
  // A server that only serves writes nothing.
  if (phase !== PHASE_PRODUCTION_SERVER) config.typescript.tsconfigPath = copyOfTypeScriptConfig();
  return withIntl(config);
}
