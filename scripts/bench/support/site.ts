import { startWeb, type Web } from '#scripts/rig/processes.ts';
import { buildWeb } from '../../steps/build.ts';
import { type OwnDatabase, openOwnDatabase } from './own-database.ts';

export type Site = {
  readonly web: Web;
  readonly database: OwnDatabase;
  /** Addresses of the demo's gallery and its first album. */
  readonly profile: string;
  readonly album: string;
  /** The cookie of a user who is signed in and has a photo. */
  cookie(): Promise<string>;
  close(): Promise<void>;
};

/** The program as `npm run web` serves it in production, with the pictures of the demo. */
export async function openSite(title: string, environment: Record<string, string> = {}): Promise<Site> {
  await buildWeb();
  const database = await openOwnDatabase(title);
  const { seedDemo } = await import('../../seed/seed-demo.ts');
  await seedDemo();
  const { rows } = await database.client.query<{ handle: string; album: string }>(
    `SELECT v.handle, a.id AS album FROM vendors v JOIN albums a ON a.vendor_id = v.id WHERE a.is_public
      ORDER BY a.image_count DESC LIMIT 1`,
  );
  const profile = `/g/${rows[0]?.handle}`;
  const web = await startWeb({
    DATABASE_URL: database.url,
    DATA_DIR: database.dataDir,
    LOG_LEVEL: 'warn',
    ...environment,
  });
  return {
    web,
    database,
    profile,
    album: `${profile}/${rows[0]?.album}`,
    async cookie() {
      const { cookieOf } = await import('#scripts/rig/browser.ts');
      const { rows: users } = await database.client.query<{ id: string }>('SELECT id FROM users LIMIT 1');
      return cookieOf('user', users[0]?.id ?? '');
    },
    async close() {
      await web.end('SIGTERM');
      await database.close();
    },
  };
}
