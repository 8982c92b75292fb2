'use client';

import { Link2, Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogContent, DialogTrigger } from '#components/ui/overlay/dialog.tsx';
import type { AlbumLinkView } from '#lib/sharing/album-link/view.ts';
import { NewAlbumLink } from './album-link-form.tsx';
import { AlbumLinkRow } from './album-link-row.tsx';

type Props = {
  albumId: string;
  links: readonly AlbumLinkView[];
  /** Whether there are files as they were sent that a link could give. */
  hasSent: boolean;
};

/** The private links of an album: make one, copy it, change it, see how often it was opened, end it. Needs `albumLinks`, `sharing`, `auth`. */
export function AlbumLinks({ albumId, links, hasSent }: Props) {
  const t = useTranslations('albumLinks');
  const [isOpen, setOpen] = useState(false);
  return (
    <section aria-labelledby="album-links" className="grid gap-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <div>
          <h2 id="album-links" className="flex items-center gap-2 text-lg font-semibold">
            <Link2 aria-hidden="true" className="size-5" />
            {t('title')}
          </h2>
          <p className="max-w-text text-sm text-muted">{t('text')}</p>
        </div>
        <Dialog open={isOpen} onOpenChange={setOpen}>
          <DialogTrigger asChild>
            <Button variant="secondary">
              <Plus aria-hidden="true" />
              {t('new')}
            </Button>
          </DialogTrigger>
          <DialogContent title={t('new')} description={t('newText')}>
            <NewAlbumLink albumId={albumId} hasSent={hasSent} onMade={() => setOpen(false)} />
          </DialogContent>
        </Dialog>
      </div>
      {links.length === 0 ? (
        <p className="rounded-card border border-dashed border-line p-6 text-sm text-muted">{t('none')}</p>
      ) : (
        <ul aria-label={t('list')} className="grid rounded-card border border-line bg-surface px-5">
          {links.map((link) => (
            <AlbumLinkRow key={link.id} albumId={albumId} link={link} hasSent={hasSent} />
          ))}
        </ul>
      )}
    </section>
  );
}
