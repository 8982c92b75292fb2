'use client';

import { Download, Lock } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogContent, DialogTrigger } from '#components/ui/overlay/dialog.tsx';
import { toast } from '#components/ui/overlay/toast-store.ts';
import { formatDay } from '#lib/core/dates.ts';
import { localePath } from '#lib/core/i18n/routing.ts';
import { revokeAlbumLink } from '#lib/sharing/album-link/actions.ts';
import type { AlbumLinkView } from '#lib/sharing/album-link/view.ts';
import { EditAlbumLink } from './album-link-form.tsx';
import { copyText } from './copy-text.ts';
import { RevokeButton } from './revoke-button.tsx';

const tones = { alive: 'success', expired: 'neutral', revoked: 'neutral' } as const;

/** One link of an album: for whom, how it stands, how often it was opened, and how to end it. */
export function AlbumLinkRow({ link }: { link: AlbumLinkView }) {
  const t = useTranslations('albumLinks');
  const words = useTranslations('sharing');
  const locale = useLocale();
  const day = (text: string) => formatDay(locale, new Date(text));
  const { state, path, expiresAt, hasPassword, mayDownload, name, createdAt } = link;

  const copy = async () => {
    if (!path) return;
    const isCopied = await copyText(window.location.origin + localePath(locale, path));
    toast(isCopied ? 'success' : 'warning', words(isCopied ? 'copied' : 'copyFailed'));
  };

  return (
    <li className="grid gap-2 border-t border-line py-4 first:border-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
        <span className="font-semibold text-ink">
          <bdi>{name ?? t('unnamed', { day: day(createdAt) })}</bdi>
        </span>
        <Badge tone={tones[state]}>{words(`state.${state}`)}</Badge>
        {hasPassword ? (
          <span className="inline-flex items-center gap-1">
            <Lock aria-hidden="true" className="size-4" />
            {words('locked')}
          </span>
        ) : null}
        {mayDownload ? (
          <span className="inline-flex items-center gap-1">
            <Download aria-hidden="true" className="size-4" />
            {t('download.may')}
          </span>
        ) : null}
        {state === 'alive' ? (
          <span>{expiresAt ? words('until', { day: day(expiresAt) }) : words('noEnd')}</span>
        ) : null}
      </div>
      <ViewLog link={link} />
      {state === 'revoked' ? null : (
        <div className="flex flex-wrap items-center gap-2">
          {state === 'expired' ? null : path ? (
            <>
              <input
                readOnly
                dir="ltr"
                value={localePath(locale, path)}
                aria-label={words('address')}
                onFocus={(event) => event.currentTarget.select()}
                className="h-9 min-w-0 grow basis-40 rounded-control border border-line bg-sunken px-3 text-sm text-ink"
              />
              <Button variant="secondary" size="sm" onClick={() => void copy()}>
                {words('copy')}
              </Button>
            </>
          ) : (
            <p className="grow text-sm">{words('addressGone')}</p>
          )}
          <EditButton link={link} />
          <RevokeButton link={link} text={t('revokeText')} revoke={revokeAlbumLink} />
        </div>
      )}
    </li>
  );
}

/** Opens what may be changed of a link. */
function EditButton({ link }: { link: AlbumLinkView }) {
  const t = useTranslations('albumLinks');
  const locale = useLocale();
  const [isOpen, setOpen] = useState(false);
  const name = link.name ?? t('unnamed', { day: formatDay(locale, new Date(link.createdAt)) });
  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="quiet" size="sm" aria-label={t('edit.label', { name })}>
          {t('edit.action')}
        </Button>
      </DialogTrigger>
      <DialogContent title={t('edit.title')} description={t('edit.text')}>
        <EditAlbumLink link={link} onDone={() => setOpen(false)} />
      </DialogContent>
    </Dialog>
  );
}

/** How often it was opened and downloaded, and on which days. */
function ViewLog({ link }: { link: AlbumLinkView }) {
  const t = useTranslations('albumLinks.log');
  const locale = useLocale();
  const { views, downloads, days } = link;
  const sum = t('sum', { views, downloads });
  if (days.length === 0) return <p className="text-sm text-muted">{sum}</p>;
  return (
    <details className="text-sm">
      <summary className="rounded-sm text-muted">{sum}</summary>
      <ul className="mt-2 grid gap-1 ps-4">
        {days.map((one) => (
          <li key={one.day} className="flex flex-wrap gap-x-3">
            <span>{formatDay(locale, new Date(`${one.day}T12:00:00+03:30`))}</span>
            <span className="text-muted">{t('sum', { views: one.views, downloads: one.downloads })}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
