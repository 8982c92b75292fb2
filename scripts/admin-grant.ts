import { type AdminRole, adminRoles } from '#lib/auth/admin/policy.ts';
import { parsePhone } from '#lib/core/phone.ts';
import { prepareDatabase } from './steps/prepare.ts';
import { Notice, runScript } from './steps/progress.ts';

const usage = `Usage: npm run admin:grant -- 09121234567 [--role ${adminRoles.join('|')}]   (the mobile number of a user; owner when no role is named)
       npm run admin:revoke -- 09121234567`;

/** `--role NAME` or `--role=NAME`; owner when it is not named, null when there is no such role. */
function readRole(args: readonly string[]): AdminRole | null {
  const at = args.findIndex((arg) => arg === '--role' || arg.startsWith('--role='));
  if (at < 0) return args.length > 1 ? null : 'owner';
  const named = args[at]?.split('=')[1] ?? args[at + 1];
  return adminRoles.find((role) => role === named) ?? null;
}

/** `admin:grant` and `admin:revoke`: who runs the place is decided where the program runs, never in it. */
await runScript(async () => {
  const isRevoke = process.argv.includes('--revoke');
  const args = process.argv.slice(2).filter((arg) => arg !== '--revoke');
  const phone = parsePhone(args[0] ?? '');
  const role = readRole(args);
  if (!phone || !role) throw new Notice(usage);
  const database = await prepareDatabase();
  try {
    const { grantAdmin, revokeAdmin } = await import('#lib/admin/account/grant-admin.ts');
    const { disconnectDb } = await import('#lib/db/client.ts');
    const done = isRevoke ? await revokeAdmin(phone) : await grantAdmin(phone, role);
    await disconnectDb();
    if (!done.ok) {
      throw new Notice(
        isRevoke
          ? 'No administrator has this number.'
          : 'No active user has this number. Sign up at /signup first.',
      );
    }
    process.stdout.write(
      isRevoke
        ? 'This user is no administrator any more; the second factor is gone too.\n'
        : `This user is an administrator now: ${role}. The console asks for a second factor first.\n`,
    );
    return 0;
  } finally {
    await database.stop();
  }
});
