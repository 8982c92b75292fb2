import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { UserActor, VendorActor } from '#lib/core/actor.ts';
import { db } from '#lib/db/client.ts';
import { listFileIdsOf, type Owner } from '#lib/files/image/store.ts';
import { fileRemover } from '#lib/files/storage/open-store.ts';
import { ownerDb } from '#tests/support/database/owner.ts';

/** Sets a data folder of its own before anything reads the environment. Call it at the top of a test file. */
export function ownDataDir(): { path: string; remove: () => Promise<void> } {
  const path = mkdtempSync(join(tmpdir(), 'styler-files-'));
  process.env.DATA_DIR = path;
  process.env.NEXTAUTH_URL = 'http://localhost:3000';
  process.env.NEXTAUTH_SECRET = 'a secret of these tests, long enough to be one';
  process.env.RATE_LIMIT_SCALE = '1000';
  process.env.LOG_LEVEL = 'silent';
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

export async function newUser(): Promise<{ userId: string }> {
  const { id } = await ownerDb().user.create({
    data: { phone: uniquePhone(), passwordHash: 'none', isPhoneVerified: true },
    select: { id: true },
  });
  return { userId: id };
}

/** A vendor whom somebody has verified, unless told otherwise: what becomes public of others waits for a person first. */
export async function newVendor(isVerified = true): Promise<{ vendorId: string }> {
  const { id } = await ownerDb().vendor.create({
    data: {
      phone: uniquePhone(),
      passwordHash: 'none',
      isPhoneVerified: true,
      isVerified,
      businessName: 'Studio',
    },
    select: { id: true },
  });
  return { vendorId: id };
}

/** Somebody signed in, as a route sees them. */
export function asUser(userId: string): UserActor {
  return { kind: 'user', userId, sessionId: '' };
}

export function asVendor(vendorId: string): VendorActor {
  return { kind: 'vendor', vendorId, sessionId: '' };
}

function uniquePhone(): string {
  return `+989${BigInt(`0x${randomUUID().replaceAll('-', '').slice(0, 12)}`)
    .toString()
    .slice(0, 9)
    .padStart(9, '1')}`;
}

/** Every stored file below a data folder, relative; `.part` files of uploads too. */
export async function filesUnder(path: string): Promise<string[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(path.length + 1));
}

/** What a user has and has been charged. */
export async function stateOfUser(userId: string) {
  const [quota] = await db().$queryRaw<
    { used: number; left: number }[]
  >`SELECT images_used::int AS used, images_remaining::int AS left FROM get_user_quota_status(${userId}::uuid)`;
  const images = await db().image.findMany({ where: { userId }, include: { storedFile: true } });
  return { ...(quota ?? { used: -1, left: -1 }), images };
}

/** Loses the bytes of everything an account has; its rows stay, as after a disk that failed. */
export async function loseFilesOf(owner: Owner): Promise<void> {
  for (const fileId of await listFileIdsOf(owner)) await fileRemover().remove(fileId);
}
