'use client';

import { Copy } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { copyText } from '#components/sharing/copy-text.ts';
import { toast } from '#components/ui/overlay/toast-store.ts';

/** Puts a reference number on the clipboard. */
export function CopyNumber({ number }: { number: string }) {
  const t = useTranslations('receipt');
  const copy = async () => {
    if (await copyText(number)) toast('success', t('copied'));
    else toast('danger', t('copyFailed'));
  };
  return (
    <button
      type="button"
      onClick={copy}
      aria-label={t('copy')}
      className="-my-2 grid size-9 place-content-center rounded-control text-muted hover:bg-sunken hover:text-ink"
    >
      <Copy aria-hidden="true" className="size-4.5" />
    </button>
  );
}
