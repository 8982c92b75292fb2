'use client';

import { useTranslations } from 'next-intl';
import { callAction } from '#components/ui/action/call-action.ts';
import { toast } from '#components/ui/overlay/toast-store.ts';
import { type ImageView, variantUrl } from '#lib/files/image/view.ts';
import { setImagesLook } from '#lib/gallery/library/actions.ts';
import { guessKind, type KindClues } from '#lib/gallery/look/guess-kind.ts';
import type { LookKind } from '#lib/gallery/look/kinds.ts';
import type { BusinessKind } from '#lib/gallery/vendor/kinds.ts';
import { readSupport } from '#lib/styles/browser/read-support.ts';

/** What the device sees in a picture; null where it cannot look. */
async function look(image: ImageView): Promise<KindClues | null> {
  if (!readSupport().can) return null;
  const { deviceEngine } = await import('#lib/styles/browser/device-engine.ts');
  return deviceEngine()
    .study(variantUrl(image, 'w640'), null)
    .catch(() => null);
}

/**
 * A first guess of what people try on with pictures, by the pictures and the business. Pictures of which somebody has
 * said it are left alone, unless `all` are to be guessed anew. Answers how many were named.
 */
export function useGuess() {
  const t = useTranslations('vendorLooks');
  return async (
    business: BusinessKind | null,
    images: readonly ImageView[],
    all = false,
  ): Promise<number> => {
    const guessed = new Map<LookKind, string[]>();
    for (const image of images) {
      const kind = guessKind(business, await look(image));
      guessed.set(kind, [...(guessed.get(kind) ?? []), image.id]);
    }
    let named = 0;
    for (const [kind, ids] of guessed) {
      if (kind === 'light' && !all) continue;
      const said = await callAction(setImagesLook, { ids, kind, unsaidOnly: !all });
      if (said.ok) named += said.value.done;
    }
    if (named > 0) toast('success', t('guessed', { count: named }));
    return named;
  };
}
