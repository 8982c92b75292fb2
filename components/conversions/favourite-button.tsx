'use client';

import { clsx } from 'clsx';
import { Star } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useOptimistic, useTransition } from 'react';
import { Button } from '#components/ui/button.tsx';
import { toast } from '#components/ui/overlay/toast-store.ts';
import { setFavourite } from '#lib/conversions/actions.ts';
import { useRouter } from '#lib/core/i18n/navigation.ts';

/** Marks a conversion as a favourite; what one sees changes at once, and back when it was not kept. */
export function FavouriteButton({ id, isFavourite }: { id: string; isFavourite: boolean }) {
  const t = useTranslations('conversions.favourite');
  const errors = useTranslations('errors');
  const router = useRouter();
  const [shown, show] = useOptimistic(isFavourite);
  const [isBusy, start] = useTransition();
  const toggle = () =>
    start(async () => {
      const next = !shown;
      show(next);
      const answer = await setFavourite({ id, isFavourite: next }).catch(() => null);
      if (answer?.ok) toast('success', t(next ? 'added' : 'removed'));
      else toast('danger', errors(answer?.code ?? 'service.unavailable'));
      router.refresh();
    });
  const label = t(shown ? 'remove' : 'add');
  return (
    <Button
      variant="quiet"
      size="icon"
      aria-label={label}
      title={label}
      onClick={() => {
        if (!isBusy) toggle();
      }}
    >
      <Star aria-hidden="true" className={clsx(shown && 'fill-saffron text-saffron')} />
    </Button>
  );
}
