import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { exportAccount } from '#lib/account/export-account.ts';
import { actorOf } from '#lib/auth/session/open-session.ts';
import { requestConversion } from '#lib/conversions/request-conversions.ts';
import { runConversion } from '#lib/conversions/run-conversion.ts';
import type { AccountKind, UserActor, VendorActor } from '#lib/core/actor.ts';
import { changeAvatar } from '#lib/files/avatar/change-avatar.ts';
import { fileRemover } from '#lib/files/storage/open-store.ts';
import { addGalleryImage, addPhoto } from '#lib/files/upload/add-image.ts';
import { must, painting } from '#tests/support/conversions.ts';
import { readZip } from '#tests/support/formats/read-zip.ts';
import { signUpAndVerify, useIdentity } from '#tests/support/identity.ts';
import { quarters } from '#tests/support/pictures.ts';

const database = useIdentity(1000);

async function person<Kind extends AccountKind>(kind: Kind) {
  const { accountId, claims } = await signUpAndVerify(database(), kind);
  const actor = actorOf(kind, accountId, claims.sid) as Kind extends 'user' ? UserActor : VendorActor;
  const archive = async () =>
    new Map(
      readZip(Buffer.from(await new Response(must(await exportAccount(actor))).arrayBuffer())).map(
        ({ name, bytes }) => [name, bytes],
      ),
    );
  return { accountId, actor, archive };
}

const source = () => quarters(200, 150).jpeg().toBuffer();
const json = (files: Map<string, Buffer>, name: string) =>
  JSON.parse(files.get(name)?.toString('utf8') ?? 'null');

describe('an export', () => {
  it('of a user holds every photo and result as it is kept, and what is known of them', async () => {
    const one = await person('user');
    const photo = must(
      await addPhoto({ userId: one.accountId, fileName: 'عکس.jpg', source: await source() }),
    );
    const made = must(await requestConversion(one.actor, { imageId: photo.id, style: 'duotone' }));
    await runConversion(made.id, { engine: painting, signal: new AbortController().signal, isLastTry: true });

    const files = await one.archive();
    const account = json(files, 'account.json');
    expect(account.account).toMatchObject({ id: one.accountId, free_quota_remaining: 1 });
    expect(account.photos).toHaveLength(1);
    expect(account.photos[0]).toMatchObject({
      id: photo.id,
      file_name: 'عکس.jpg',
      file: `photos/${photo.id}.jpg`,
    });
    const bytes = files.get(account.photos[0].file) ?? Buffer.alloc(0);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(account.photos[0].sha256);
    expect(account.conversions).toMatchObject([{ id: made.id, style_name: 'duotone', status: 'completed' }]);
    expect(files.has(account.conversions[0].file)).toBe(true);
    const records = json(files, 'records.json');
    expect(records.sessions).toHaveLength(1);
    expect(records.events.map(({ action }: { action: string }) => action)).toContain('account.create');
    const text =
      files.get('account.json')?.toString('utf8') + String(files.get('records.json')?.toString('utf8'));
    expect(text).not.toMatch(/argon2|refresh_token|token_hash|token_salt|password/);
  });

  it('of a vendor holds the gallery with its albums in their order', async () => {
    const shop = await person('vendor');
    const ids: string[] = [];
    for (let index = 0; index < 3; index += 1) {
      const image = await addGalleryImage({
        vendorId: shop.accountId,
        fileName: `${index}.jpg`,
        source: await source(),
      });
      ids.unshift(must(image).id);
    }
    const [album] = await database().query<{ id: string }>(
      `INSERT INTO albums (vendor_id, name) VALUES ($1, 'بهار') RETURNING id`,
      [shop.accountId],
    );
    await database().query(
      `INSERT INTO album_images (album_id, image_id, vendor_id, position)
       SELECT $1, i, $2, n FROM unnest($3::uuid[]) WITH ORDINALITY AS o(i, n)`,
      [album?.id, shop.accountId, ids],
    );
    const files = await shop.archive();
    const account = json(files, 'account.json');
    expect(account.albums).toMatchObject([{ name: 'بهار', images: ids }]);
    expect([...files.keys()].filter((name) => name.startsWith('gallery/'))).toHaveLength(3);
  });

  it('holds the avatar and what was set, for either kind', async () => {
    for (const kind of ['user', 'vendor'] as const) {
      const one = await person(kind);
      must(await changeAvatar(one.actor, await source()));
      const table = kind === 'user' ? 'users' : 'vendors';
      await database().query(`UPDATE ${table} SET plan_reminders = false WHERE id = $1`, [one.accountId]);
      await database().query(`INSERT INTO notice_mutes (${kind}_id, topic) VALUES ($1, 'quota')`, [
        one.accountId,
      ]);
      const files = await one.archive();
      expect(files.get('avatar.jpg')?.subarray(0, 2).toString('hex')).toBe('ffd8');
      expect(json(files, 'account.json').account).toMatchObject({
        plan_reminders: false,
        avatar: 'avatar.jpg',
      });
      expect(json(files, 'records.json').muted_topics).toEqual(['quota']);
    }
  });

  it('holds nothing of anybody else, is written down, and says which picture is missing', async () => {
    const [one, other] = [await person('user'), await person('user')];
    const mine = must(await addPhoto({ userId: one.accountId, fileName: 'a.jpg', source: await source() }));
    const theirs = must(
      await addPhoto({ userId: other.accountId, fileName: 'b.jpg', source: await source() }),
    );
    await fileRemover().remove(mine.url.split('/')[3] ?? '');
    const files = await one.archive();
    expect(json(files, 'missing.json')).toEqual([`photos/${mine.id}.jpg`]);
    for (const bytes of files.values()) expect(bytes.includes(theirs.id)).toBe(false);
    const events = await database().query(
      `SELECT 1 FROM audit_logs WHERE action = 'account.export' AND user_id = $1`,
      [one.accountId],
    );
    expect(events).toHaveLength(1);
  });
});
