import { setVerified } from '#lib/admin/account/store.ts';
import { insertAccount } from '#lib/auth/account-store.ts';
import { hashPassword } from '#lib/auth/password/password.ts';
import type { VendorActor } from '#lib/core/actor.ts';
import { type Result, succeed } from '#lib/core/result.ts';
import { db, disconnectDb } from '#lib/db/client.ts';
import { transact } from '#lib/db/transact.ts';
import { publishImage } from '#lib/files/image/publish-image.ts';
import { decideModeration } from '#lib/files/review/decide-moderation.ts';
import { findWaitingCase } from '#lib/files/review/store.ts';
import { addGalleryImage } from '#lib/files/upload/add-image.ts';
import { createAlbum, publishAlbum, updateAlbum } from '#lib/gallery/album/change-album.ts';
import { fillAlbum } from '#lib/gallery/album/place-images.ts';
import { editImage } from '#lib/gallery/library/edit-images.ts';
import { setLook } from '#lib/gallery/library/set-look.ts';
import { cleanTags } from '#lib/gallery/library/tags.ts';
import { changeHandle } from '#lib/gallery/vendor/change-handle.ts';
import { businessInput } from '#lib/gallery/vendor/input.ts';
import { updateBusiness } from '#lib/gallery/vendor/update-business.ts';
import { step } from '../steps/progress.ts';
import { demoAccounts } from './demo-accounts.ts';
import { demoPictures } from './demo-album.ts';
import { demoShops } from './demo-gallery.ts';

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

/** Everything by the same use cases as a vendor's own hands; pictures two at a time, as there are two cores. */
async function makeGallery(
  vendorId: string,
  { handle, business, albums }: (typeof demoShops)[string],
): Promise<void> {
  const actor = { kind: 'vendor', vendorId, sessionId: '' } as const;
  // The operator made the demo: nobody has to look at its first pictures.
  await setVerified(db(), vendorId, true);
  must(await changeHandle(actor, { handle }));
  must(await updateBusiness(actor, businessInput.parse(business)));
  // New albums stand first, so the last is made first.
  for (const { title, description, isStyleKit, images } of [...albums].reverse()) {
    const { id } = must(await createAlbum(actor, { title }));
    must(await updateAlbum(actor, { id, title, description, imageOrder: 'manual', isStyleKit }));
    const imageIds = await Promise.all(images.map((image) => makeImage(actor, image)));
    must(await fillAlbum(actor, { id, imageIds }));
    must(await publishAlbum(actor, { id, isPublic: true }));
  }
}

async function makeImage(
  actor: VendorActor,
  {
    picture,
    title,
    altText,
    tags,
    kind,
    repeatCm,
    shades,
  }: (typeof demoShops)[string]['albums'][number]['images'][number],
): Promise<string> {
  const source = await demoPictures[picture]();
  const added = await addGalleryImage({ vendorId: actor.vendorId, fileName: `${picture}.jpg`, source });
  const { id } = must(added);
  must(await editImage(actor, { id, title, altText, tags: cleanTags(tags) }));
  must(
    await setLook(actor, {
      ids: [id],
      kind,
      settings: { ...(repeatCm && { repeatCm }), ...(shades && { shades }) },
    }),
  );
  const shown = await publishImage(actor, id);
  // A wall in the colour of skin waits for somebody's look; the operator has it before them.
  const caseId = shown.ok ? null : await findWaitingCase(id);
  if (caseId) must(await decideModeration(caseId, { decision: 'accepted' }));
  else must(shown);
  return id;
}

/** Puts a small demo into a database that has no account yet; any other is left as it is. */
export async function seedDemo(): Promise<void> {
  try {
    if (!(await isEmpty())) return;
    await step('Making the demo accounts and their galleries', async () => {
      for (const account of demoAccounts) {
        const id = await makeAccount(account);
        const shop = demoShops[account.phone];
        if (shop) await makeGallery(id, shop);
      }
    });
  } finally {
    await disconnectDb();
  }
}
