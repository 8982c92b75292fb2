'use client';

import { Share2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '#components/ui/button.tsx';
import { toast } from '#components/ui/overlay/toast-store.ts';

/** Hands an address to the device's own way of sharing; where it has none, the address is copied. */
export function ShareButton({ path, title, label }: { path: string; title: string; label?: string }) {
  const t = useTranslations('gallery');

  const share = async () => {
    const url = new URL(path, window.location.origin).href;
    if (typeof navigator.share === 'function') {
      // A share sheet that was closed again is no failure.
      await navigator.share({ title, url }).catch(() => undefined);
      return;
    }
    try {
      await navigator.clipboard.writeText(url);
      toast('success', t('copied'));
    } catch {
      toast('danger', t('copyFailed'));
    }
  };

  return (
    <Button variant="secondary" onClick={share}>
      <Share2 aria-hidden="true" />
      {label ?? t('share')}
    </Button>
  );
}
