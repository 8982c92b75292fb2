'use client';

import { Check, Copy, Lock } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { toast } from '#components/ui/overlay/toast-store.ts';
import { formatDay } from '#lib/core/dates.ts';
import { localePath } from '#lib/core/i18n/routing.ts';
import { revokeResultLink } from '#lib/sharing/result-link/actions.ts';
import type { ResultLinkView } from '#lib/sharing/result-link/view.ts';
import { copyText } from './copy-text.ts';
import { RevokeButton } from './revoke-button.tsx';

const tones = { alive: 'success', expired: 'neutral', revoked: 'neutral' } as const;

/** One link of a result: its address, how it stands, and how to end it. */
export function ResultLinkRow({ link }: { link: ResultLinkView }) {
  const t = useTranslations('sharing');
  const locale = useLocale();
  const { state, path, expiresAt, viewCount, hasPassword } = link;
  const isAlive = state === 'alive';
  return (
    <li className="grid grid-cols-[minmax(0,1fr)] gap-2 border-t border-line py-3 first:border-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
        <Badge tone={tones[state]}>{t(`state.${state}`)}</Badge>
        {hasPassword ? (
          <span className="inline-flex items-center gap-1">
            <Lock aria-hidden="true" className="size-4" />
            {t('locked')}
          </span>
        ) : null}
        {isAlive ? (
          <span>{expiresAt ? t('until', { day: formatDay(locale, new Date(expiresAt)) }) : t('noEnd')}</span>
        ) : null}
        <span>{t('views', { count: viewCount })}</span>
      </div>
      {isAlive ? (
        <div className="flex flex-wrap items-center gap-2">
          {path ? (
            <Address path={localePath(locale, path)} />
          ) : (
            <p className="grow text-sm">{t('addressGone')}</p>
          )}
          <RevokeButton link={link} text={t('revoke.text')} revoke={revokeResultLink} />
        </div>
      ) : null}
    </li>
  );
}

/** The address, to be read, selected and copied. */
function Address({ path }: { path: string }) {
  const t = useTranslations('sharing');
  const field = useRef<HTMLInputElement>(null);
  const [origin, setOrigin] = useState('');
  const [isCopied, setCopied] = useState(false);
  useEffect(() => setOrigin(window.location.origin), []);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [isCopied]);

  const copy = async () => {
    if (await copyText(window.location.origin + path)) {
      setCopied(true);
      return toast('success', t('copied'));
    }
    field.current?.select();
    toast('warning', t('copyFailed'));
  };
  return (
    <>
      <input
        ref={field}
        readOnly
        dir="ltr"
        value={origin + path}
        aria-label={t('address')}
        onFocus={(event) => event.currentTarget.select()}
        className="h-9 min-w-0 grow basis-full rounded-control border border-line bg-sunken px-3 text-sm text-ink sm:basis-0"
      />
      <Button variant="secondary" size="sm" onClick={() => void copy()}>
        {isCopied ? <Check aria-hidden="true" /> : <Copy aria-hidden="true" />}
        {t('copy')}
      </Button>
    </>
  );
}
