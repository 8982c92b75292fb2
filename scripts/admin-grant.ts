import { parsePhone } from '#lib/core/phone.ts';
import { prepareDatabase } from './steps/prepare.ts';
import { Notice, runScript } from './steps/progress.ts';

await runScript(async () => {
  const phone = parsePhone(process.argv[2] ?? '');
  if (!phone) throw new Notice('Usage: npm run admin:grant -- 09121234567   (the mobile number of a user)');
  const database = await prepareDatabase();
  try {
    const { grantAdmin } = await import('#lib/admin/account/grant-admin.ts');
    const { disconnectDb } = await import('#lib/db/client.ts');
    const granted = await grantAdmin(phone);
    await disconnectDb();
    if (!granted.ok) throw new Notice('No active user has this number. Sign up at /signup first.');
    process.stdout.write('This user is an administrator now.\n');
    return 0;
  } finally {
    await database.stop();
  }
});
