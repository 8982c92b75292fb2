'use client';

import { Download } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogContent, DialogTrigger } from '#components/ui/overlay/dialog.tsx';
import { HeardWords } from '#components/ui/own-words.tsx';
import { formatDay } from '#lib/core/dates.ts';
import { Link } from '#lib/core/i18n/navigation.ts';
import { revokeAlbumLink } from '#lib/sharing/album-link/actions.ts';
import type { AlbumLinkView } from '#lib/sharing/album-link/view.ts';
import { EditAlbumLink } from './album-link-form.tsx';
import { LinkRow } from './link-row.tsx';

/** `hasSent`: whether there are files as they were sent that it could give. */
type Props = { link: AlbumLinkView; hasSent: boolean };

/** One link of an album: for whom, how it stands, how often it was opened, and how to end it. */
export function AlbumLinkRow({ albumId, link, hasSent }: Props & { albumId: string }) {
  const t = useTranslations('albumLinks');
  const locale = useLocale();
  const { mayDownload, name, createdAt } = link;
  return (
    <LinkRow
      link={link}
      name={
        <span className="font-semibold text-ink">
          <bdi>{name ?? t('unnamed', { day: formatDay(locale, new Date(createdAt)) })}</bdi>
        </span>
      }
      facts={
        mayDownload ? (
          <span className="inline-flex items-center gap-1">
            <Download aria-hidden="true" className="size-4" />
            {t(link.givesSent ? 'sent.may' : 'download.may')}
          </span>
        ) : null
      }
      edit={<EditButton link={link} hasSent={hasSent} />}
      revokeText={t('revokeText')}
      revoke={revokeAlbumLink}
    >
      <ViewLog link={link} />
      {link.hasPicks || link.picks > 0 ? (
        <p className="text-sm">
          <Link
            href={`/vendor/albums/${albumId}/selection/${link.id}`}
            className="text-lapis underline underline-offset-4"
          >
            {t(link.pickedAt ? 'picks.sent' : 'picks.count', { count: link.picks })}
          </Link>
        </p>
      ) : null}
    </LinkRow>
  );
}

/** Opens what may be changed of a link. */
function EditButton({ link, hasSent }: Props) {
  const t = useTranslations('albumLinks');
  const locale = useLocale();
  const [isOpen, setOpen] = useState(false);
  const name = link.name ?? t('unnamed', { day: formatDay(locale, new Date(link.createdAt)) });
  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="quiet" size="sm">
          <span aria-hidden="true">{t('edit.action')}</span>
          <HeardWords text={t('edit.label', { name })} own={link.name ?? ''} />
        </Button>
      </DialogTrigger>
      <DialogContent title={t('edit.title')} description={t('edit.text')}>
        <EditAlbumLink link={link} hasSent={hasSent} onDone={() => setOpen(false)} />
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
