import { insertAccount } from '#lib/auth/account-store.ts';
import { hashPassword } from '#lib/auth/password.ts';
import { type Result, succeed } from '#lib/core/result.ts';
import { db, disconnectDb } from '#lib/db/client.ts';
import { transact } from '#lib/db/transact.ts';
import { addGalleryImage } from '#lib/files/add-photo.ts';
import { step } from '../steps/progress.ts';
import { demoAccounts } from './demo-accounts.ts';
import { demoPatterns } from './demo-patterns.ts';

function must<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(`the demo could not be made: ${result.code}: ${result.detail}`);
}

async function isEmpty(): Promise<boolean> {
  const [users, vendors] = await Promise.all([db().user.count(), db().vendor.count()]);
  return users + vendors === 0;
}

async function makeAccount({ kind, phone, password, name }: (typeof demoAccounts)[number]): Promise<string> {
  const passwordHash = must(await hashPassword(password));
  return must(
    await transact(async (tx) => {
      const id = await insertAccount(tx, kind, { phone, passwordHash, name });
      if (!id) throw new Error(`the demo's number ${phone} is taken`);
      return succeed(id);
    }),
  );
}

async function makeGallery(vendorId: string): Promise<void> {
  const album = await db().album.create({ data: { vendorId, name: 'نقش و بافت', isPublic: true } });
  for (const [position, { fileName, draw }] of demoPatterns.entries()) {
    const image = must(await addGalleryImage({ vendorId, fileName, source: await draw() }));
    await db().image.update({ where: { id: image.id }, data: { isPublic: true } });
    await db().albumImage.create({ data: { albumId: album.id, imageId: image.id, vendorId, position } });
  }
}

/** Puts a small demo into a database that has no account yet; any other is left as it is. */
export async function seedDemo(): Promise<void> {
  try {
    if (!(await isEmpty())) return;
    await step('Making the demo accounts and a gallery', async () => {
      for (const account of demoAccounts) {
        const id = await makeAccount(account);
        if (account.kind === 'vendor') await makeGallery(id);
      }
    });
  } finally {
    await disconnectDb();
  }
}
