import { recordEvent } from '#lib/audit/record-event.ts';
import type { UserActor, VendorActor } from '#lib/core/actor.ts';
import { env } from '#lib/core/env/env.ts';
import { newRandomId } from '#lib/core/random-id.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { fileUrl } from '../image/view.ts';
import { moderatePicture } from '../moderation/moderate-picture.ts';
import { isSuggestive } from '../moderation/policy.ts';
import { acceptImage } from '../picture/accept-image.ts';
import { firstVariants, pictureLimits } from '../policy.ts';
import { commitFiles, putPicture } from '../storage/commit-files.ts';
import { replaceAvatar } from './store.ts';

const ownerOf = (actor: UserActor | VendorActor) =>
  actor.kind === 'user' ? { userId: actor.userId } : { vendorId: actor.vendorId };

function replace(
  actor: UserActor | VendorActor,
  avatar: Parameters<typeof replaceAvatar>[2],
): Promise<Result<null>> {
  return commitFiles(
    async (tx) => {
      const old = await replaceAvatar(tx, ownerOf(actor), avatar);
      await recordEvent(tx, actor, 'account.update', {
        resource: actor.kind,
        resourceId: actor.kind === 'user' ? actor.userId : actor.vendorId,
        metadata: { field: 'avatar' },
      });
      return succeed({ value: null, gone: [old] });
    },
    avatar ? [avatar.fileId] : [],
  );
}

/** Takes a new avatar in, by the same door as every picture: accepted by its content and made anew. Never charged. */
export async function changeAvatar(
  actor: UserActor | VendorActor,
  bytes: Buffer,
): Promise<Result<{ url: string }>> {
  if (bytes.length > pictureLimits.maxBytes) return fail('file.tooLarge', 'avatar too large');
  const accepted = await acceptImage(bytes, actor.kind === 'user' ? actor.userId : actor.vendorId);
  if (!accepted.ok) return accepted;
  const picture = accepted.value;
  // An avatar is public at once: one that somebody would have to look at first is not taken.
  const verdict = await moderatePicture(picture.variants.w640.bytes);
  if (verdict.moderation !== 'accepted' || isSuggestive(verdict.scores, env().moderation)) {
    return fail('file.refused', `avatar ${verdict.moderation}`);
  }
  const fileId = newRandomId();
  const kept = await putPicture(fileId, picture, 'public');
  if (!kept.ok) return kept;
  const variants = Object.fromEntries(
    firstVariants.map((name) => {
      const { bytes: data, width, height } = picture.variants[name];
      return [name, { bytes: data.length, width, height }];
    }),
  );
  const url = fileUrl(fileId, 'w320');
  const replaced = await replace(actor, { fileId, url, sha256: picture.sha256, variants });
  return replaced.ok ? succeed({ url }) : replaced;
}

/** Takes the avatar away. */
export function removeAvatar(actor: UserActor | VendorActor): Promise<Result<null>> {
  return replace(actor, null);
}
