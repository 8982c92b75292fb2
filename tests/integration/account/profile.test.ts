import { randomBytes } from 'node:crypto';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { userProfileInput } from '#lib/account/input.ts';
import { actorOf } from '#lib/auth/session/open-session.ts';
import { sealClaims } from '#lib/auth/session/session-token.ts';
import { perform } from '#lib/core/action.ts';
import type { UserActor } from '#lib/core/actor.ts';
import { changeAvatar, removeAvatar } from '#lib/files/avatar/change-avatar.ts';
import { fileStore } from '#lib/files/storage/open-store.ts';
import { signUpAndVerify, useIdentity } from '#tests/support/identity.ts';
import { quarters } from '#tests/support/pictures.ts';
import { asBrowser } from '#tests/support/request-scope.ts';

const database = useIdentity(1000);

async function person() {
  const { claims, accountId } = await signUpAndVerify(database());
  const actor = actorOf('user', accountId, claims.sid) as UserActor;
  const row = async () => (await database().query('SELECT * FROM users WHERE id = $1', [accountId]))[0];
  return { claims, accountId, actor, row };
}

const idIn = (url: string) => url.split('/')[3] ?? '';

describe('a profile', () => {
  it('changes by what it names and by nothing else that is sent along', async () => {
    const { claims, row } = await person();
    const before = await row();
    asBrowser({ 'ai-stayler.user-session': await sealClaims(claims) });
    const sent = {
      name: 'سارا',
      bio: 'عکاس\nتهران',
      role: 'admin',
      kind: 'vendor',
      id: '00000000-0000-4000-8000-000000000000',
      freeQuotaRemaining: 99,
      free_quota_remaining: 99,
      isPhoneVerified: false,
      planId: 'x',
      phone: '+989120000000',
    };
    // Loaded after the request it is to see.
    const { updateUserProfile } = await import('#lib/account/actions.ts');
    expect(await perform(updateUserProfile, sent)).toEqual({ ok: true, value: null });
    const { updated_at: _later, name, bio, ...after } = (await row()) ?? {};
    expect({ name, bio }).toEqual({ name: 'سارا', bio: 'عکاس\nتهران' });
    const { updated_at: _before, name: _name, bio: _bio, ...same } = before ?? {};
    expect(after).toEqual(same);
  });

  it('keeps what looks like a program as the text it is, and nothing that turns the text around it', () => {
    const wicked = '<img src=x onerror=alert(1)>\u202e<script>\u0007';
    const read = userProfileInput.parse({ name: wicked, bio: `${wicked}\r\n۲` });
    expect(read.name).toBe('<img src=x onerror=alert(1)> <script>');
    expect(read.bio).toBe('<img src=x onerror=alert(1)> <script> \n۲');
  });
});

describe('an avatar', () => {
  it('is public, made anew, and charged to nothing', async () => {
    const { actor, accountId, row } = await person();
    const photo = await quarters(600, 400)
      .jpeg()
      .withExif({ IFD0: { Artist: 'secret' } })
      .toBuffer();
    const changed = await changeAvatar(actor, photo);
    if (!changed.ok) throw new Error(changed.detail);
    expect((await row())?.avatar_url).toBe(changed.value.url);
    const bytes = await fileStore().read(idIn(changed.value.url), 'original');
    expect((await sharp(bytes ?? Buffer.alloc(0)).metadata()).exif).toBeUndefined();
    const [file] = await database().query('SELECT is_public, image_id FROM stored_files WHERE user_id = $1', [
      accountId,
    ]);
    expect(file).toEqual({ is_public: true, image_id: null });
    expect(await database().query('SELECT 1 FROM images WHERE user_id = $1', [accountId])).toEqual([]);
    expect(
      await database().query('SELECT 1 FROM subscription_periods WHERE user_id = $1', [accountId]),
    ).toEqual([]);
  });

  it('takes the place of the one before, whose bytes go', async () => {
    const { actor, accountId } = await person();
    const first = await changeAvatar(actor, await quarters(90, 90).png().toBuffer());
    const second = await changeAvatar(actor, await quarters(80, 90).png().toBuffer());
    if (!first.ok || !second.ok) throw new Error('not changed');
    expect(await fileStore().read(idIn(first.value.url), 'w320')).toBeNull();
    expect(await fileStore().read(idIn(second.value.url), 'w320')).not.toBeNull();
    expect((await removeAvatar(actor)).ok).toBe(true);
    expect(await fileStore().read(idIn(second.value.url), 'w320')).toBeNull();
    expect(await database().query('SELECT 1 FROM stored_files WHERE user_id = $1', [accountId])).toEqual([]);
  });

  it('that is no picture is refused and leaves nothing', async () => {
    const { actor, accountId } = await person();
    expect(await changeAvatar(actor, Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))).toMatchObject(
      { ok: false },
    );
    expect(await changeAvatar(actor, randomBytes(2000))).toMatchObject({ code: 'file.notPicture' });
    expect(await database().query('SELECT 1 FROM stored_files WHERE user_id = $1', [accountId])).toEqual([]);
  });
});
