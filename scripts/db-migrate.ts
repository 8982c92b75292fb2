import { migrate } from '#lib/db/migrate.ts';

const databaseUrl = process.argv[2] ?? process.env.DATABASE_URL;
if (!databaseUrl) {
  console.error('Say which database: set DATABASE_URL, or give its address as the argument.');
  process.exit(2);
}
try {
  await migrate({ databaseUrl, onProgress: (line) => console.log(line) });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
// The engine leaves a timer of ten seconds behind (its own lock's); nothing is left to wait for.
process.exit(0);
