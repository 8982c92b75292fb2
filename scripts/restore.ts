import { resolve } from 'node:path';
import { env } from '#lib/core/env/env.ts';
import { installQueues } from '#lib/jobs/boss.ts';
import { markOfSecret } from './backup/manifest.ts';
import { pictureFolder } from './backup/picture-folder.ts';
import { restoreBackup } from './backup/restore-backup.ts';
import { generateClient } from './steps/build.ts';
import { openDatabase } from './steps/database.ts';
import { settle } from './steps/prepare.ts';
import { Notice, runScript } from './steps/progress.ts';

const usage = 'Usage: npm run restore -- FOLDER     brings a backup back into an empty database';

const say = (line: string) => process.stdout.write(`${line}\n`);

/** What waits gets its jobs again, and the invariants are checked. Ends with 1 when one does not hold. */
async function bringToLife(): Promise<number> {
  const { requeueConversions } = await import('#lib/conversions/queue/requeue-conversions.ts');
  const { checkInvariants } = await import('#lib/operations/invariant/check-invariants.ts');
  const { closeSender } = await import('#lib/jobs/enqueue.ts');
  const { disconnectDb } = await import('#lib/db/client.ts');
  try {
    await installQueues(env().ownerUrl);
    await settle(env().ownerUrl);
    say(`Jobs made anew: ${await requeueConversions()}.`);
    const wrong = (await checkInvariants()).filter(({ state }) => state !== 'holds');
    for (const { name, state } of wrong) say(`${state === 'late' ? 'not read in time' : 'BROKEN'}: ${name}`);
    if (wrong.length === 0) say('Everything that must always hold does.');
    return wrong.length === 0 ? 0 : 1;
  } finally {
    await closeSender();
    await disconnectDb();
  }
}

await runScript(async () => {
  const [source] = process.argv.slice(2);
  if (!source || source.startsWith('-')) throw new Notice(usage);
  await generateClient();
  const database = await openDatabase();
  try {
    const { ownerUrl: databaseUrl, nextauthSecret } = env();
    const manifest = await restoreBackup({
      databaseUrl,
      pictures: pictureFolder(env()),
      source: resolve(process.env.INVOKED_FROM ?? '.', source),
      onProgress: say,
    });
    const code = await bringToLife();
    if (manifest.secretMark !== markOfSecret(nextauthSecret)) {
      say(
        'NEXTAUTH_SECRET is not the one of the backup: everybody signs in again, and links that were sent end.',
      );
    }
    say(`Restored to ${manifest.takenAt}. Payments made since are found again by the reconciler.`);
    return code;
  } finally {
    await database.stop();
  }
});
