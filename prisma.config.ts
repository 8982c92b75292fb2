import { defineConfig } from 'prisma/config';

// `prisma generate` would fetch a schema engine that it never uses. Any executable satisfies it, and
// generation works without a network. Migrations run through the engine in WebAssembly (lib/db).
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL ?? '' },
});
