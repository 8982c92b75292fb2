import { system } from '#lib/core/actor.ts';
import { log } from '#lib/core/log.ts';
import { deleteImage } from '../image/delete-image.ts';
import { listEndedPhotos } from './store.ts';

const batch = 100;

/** Deletes the photos whose end has come; answers how many. */
export async function endPhotoLives(): Promise<number> {
  let ended = 0;
  for (;;) {
    const photos = await listEndedPhotos(batch);
    let deleted = 0;
    for (const { id, userId } of photos) {
      const gone = await deleteImage({ userId }, id, { actor: system, reason: 'life' });
      if (gone.ok) deleted += 1;
      else log.info({ imageId: id, detail: gone.detail }, 'a photo had ended already');
    }
    ended += deleted;
    if (photos.length < batch || deleted === 0) return ended;
  }
}
