import { randomInt } from 'node:crypto';

/**
 * An account that may convert so many photos. The program is loaded here and not before: a measurement says first where
 * its files are.
 */
export async function somebodyWith(conversions: number): Promise<string> {
  const { insertAccount } = await import('#lib/auth/account-store.ts');
  const { succeed } = await import('#lib/core/result.ts');
  const { transact } = await import('#lib/db/transact.ts');
  const made = await transact(async (tx) => {
    const phone = `+98900${randomInt(1_000_000, 9_999_999)}`;
    const id = await insertAccount(tx, 'user', { phone, passwordHash: '!', name: null });
    await tx.$executeRaw`
      INSERT INTO quota_grants (user_id, resource, amount, reason)
      VALUES (${id}::uuid, 'conversions', ${conversions}, 'bench')`;
    return succeed(id as string);
  });
  if (!made.ok) throw new Error(made.detail);
  return made.value;
}
