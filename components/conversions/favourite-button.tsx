'use client';

import { clsx } from 'clsx';
import { Star } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useOptimistic, useTransition } from 'react';
import { callAction } from '#components/ui/action/call-action.ts';
import { useSafeRefresh } from '#components/ui/action/use-safe-refresh.ts';
import { Button } from '#components/ui/button.tsx';
import { toast } from '#components/ui/overlay/toast-store.ts';
import { setFavourite } from '#lib/conversions/actions.ts';

/** Marks a conversion as a favourite; what one sees changes at once, and back when it was not kept. */
export function FavouriteButton({ id, isFavourite }: { id: string; isFavourite: boolean }) {
  const t = useTranslations('conversions.favourite');
  const errors = useTranslations('errors');
  const refresh = useSafeRefresh();
  const [shown, show] = useOptimistic(isFavourite);
  const [isBusy, start] = useTransition();
  const toggle = () =>
    start(async () => {
      const next = !shown;
      show(next);
      const answer = await callAction(setFavourite, { id, isFavourite: next });
      if (answer.ok) toast('success', t(next ? 'added' : 'removed'));
      else toast('danger', errors(answer.code));
      refresh();
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
