'use client';

import { useTranslations } from 'next-intl';
import { useTransition } from 'react';
import { useSafeRefresh } from '#components/ui/action/use-safe-refresh.ts';
import { toast } from '#components/ui/overlay/toast-store.ts';
import { useRouter } from '#lib/core/i18n/navigation.ts';
import type { PublicResult } from '#lib/core/result.ts';
import type { BulkView } from '#lib/gallery/library/view.ts';

/**
 * Runs an action of a vendor's screens: says what became of it, and shows the page anew. `act` answers whether it
 * was done. Needs the namespaces `library` and `errors`.
 */
export function useGalleryAction() {
  const router = useRouter();
  const refresh = useSafeRefresh();
  const t = useTranslations('library.gallery.bulk');
  const errors = useTranslations('errors');
  const [isBusy, start] = useTransition();

  function act<T>(work: () => Promise<PublicResult<T>>, done: string | ((value: T) => string | null)) {
    return new Promise<boolean>((resolve) =>
      start(async () => {
        const result = await work();
        if (result.ok) {
          const text = typeof done === 'string' ? done : done(result.value);
          if (text) toast('success', text);
        } else toast('danger', errors(result.code));
        // What was not answered may be a cut line.
        if (result.ok) router.refresh();
        else refresh();
        resolve(result.ok);
      }),
    );
  }

  /** The same for several images at once: how many, and why not the others. */
  function actOnMany(work: () => Promise<PublicResult<BulkView>>, done: (count: number) => string) {
    return act(work, (value) => {
      const [first] = value.refused;
      if (!first) return done(value.done);
      const why = errors(first.code as Parameters<typeof errors>[0]);
      toast('warning', t('partly', { done: value.done, refused: value.refused.length, why }));
      return null;
    });
  }

  return { isBusy, act, actOnMany };
}
