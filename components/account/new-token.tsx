'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { copyText } from '#components/sharing/copy-text.ts';
import { Button } from '#components/ui/button.tsx';
import { toast } from '#components/ui/overlay/toast-store.ts';

type Props = {
  token: string;
  /** What it is called, where it is no token. */
  words?: { title: string; text: string };
  onDone: () => void;
};

/** The one time that a token or a secret is shown: to be copied, or selected by hand where the browser does not allow that. */
export function NewToken({ token, words, onDone }: Props) {
  const t = useTranslations('account.tokens');
  const { title, text } = words ?? { title: t('shown'), text: t('shownText') };
  const sharing = useTranslations('sharing');
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const copy = async () => {
    if (await copyText(token)) return toast('success', t('copied'));
    field.current?.select();
    toast('warning', sharing('copyFailed'));
  };
  return (
    <div className="grid gap-3 rounded-control border border-line bg-sunken p-4">
      <p className="font-semibold">{title}</p>
      <p className="text-sm text-muted">{text}</p>
      <input
        ref={field}
        readOnly
        dir="ltr"
        value={token}
        aria-label={title}
        onFocus={(event) => event.currentTarget.select()}
        className="h-11 min-w-0 rounded-control border border-line bg-surface px-3 font-mono text-sm text-ink"
      />
      <div className="flex flex-wrap gap-3">
        <Button onClick={() => void copy()}>{t('copy')}</Button>
        <Button variant="secondary" onClick={onDone}>
          {t('done')}
        </Button>
      </div>
    </div>
  );
}
