'use client';

import { Link2, Plus } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { type FormEvent, useState, useTransition } from 'react';
import { FormFailure } from '#components/auth/form-failure.tsx';
import { Button } from '#components/ui/button.tsx';
import { Choice } from '#components/ui/choice.tsx';
import { Dialog, DialogContent, DialogTrigger } from '#components/ui/dialog.tsx';
import { PasswordField } from '#components/ui/password-field.tsx';
import { SelectField } from '#components/ui/select-field.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import { toast } from '#components/ui/toast-store.ts';
import { useRouter } from '#lib/core/i18n/navigation.ts';
import { localePath } from '#lib/core/i18n/routing.ts';
import type { PublicFailure } from '#lib/core/result.ts';
import { createAlbumLink } from '#lib/sharing/album-link-actions.ts';
import type { AlbumLinkView } from '#lib/sharing/album-link-view.ts';
import { linkLives, usualLinkLife } from '#lib/sharing/policy.ts';
import { AlbumLinkRow } from './album-link-row.tsx';
import { copyText } from './copy-text.ts';

/** The private links of an album: make one, copy it, see how often it was opened, end it. Needs `albumLinks`, `sharing`, `auth`. */
export function AlbumLinks({ albumId, links }: { albumId: string; links: readonly AlbumLinkView[] }) {
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
            <NewAlbumLink albumId={albumId} onMade={() => setOpen(false)} />
          </DialogContent>
        </Dialog>
      </div>
      {links.length === 0 ? (
        <p className="rounded-card border border-dashed border-line p-6 text-sm text-muted">{t('none')}</p>
      ) : (
        <ul aria-label={t('list')} className="grid rounded-card border border-line bg-surface px-5">
          {links.map((link) => (
            <AlbumLinkRow key={link.id} link={link} />
          ))}
        </ul>
      )}
    </section>
  );
}

/** For whom, how long, with or without a password and download; the new link is copied where that is allowed. */
function NewAlbumLink({ albumId, onMade }: { albumId: string; onMade: () => void }) {
  const t = useTranslations('albumLinks');
  const words = useTranslations();
  const locale = useLocale();
  const router = useRouter();
  const [isBusy, start] = useTransition();
  const [failure, setFailure] = useState<PublicFailure | null>(null);
  const errorOf = (field: string) => {
    const key = failure?.fields?.[field];
    return key ? words(key as Parameters<typeof words>[0]) : undefined;
  };

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isBusy) return;
    const sent = new FormData(event.currentTarget);
    start(async () => {
      setFailure(null);
      const made = await createAlbumLink({
        albumId,
        name: sent.get('name'),
        days: Number(sent.get('days')) || null,
        password: sent.get('password'),
        mayDownload: sent.get('mayDownload') === 'on',
      }).catch((): PublicFailure => ({ ok: false, code: 'service.unavailable' }));
      if (!made.ok) return setFailure(made);
      const isCopied = await copyText(window.location.origin + localePath(locale, made.value.path));
      toast('success', t(isCopied ? 'createdCopied' : 'created'));
      onMade();
      router.refresh();
    });
  };

  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <TextField
        name="name"
        label={t('name.label')}
        aside={words('ui.optional')}
        hint={t('name.hint')}
        error={errorOf('name')}
        autoComplete="off"
      />
      <SelectField
        name="days"
        label={words('sharing.life.label')}
        defaultValue={String(usualLinkLife)}
        options={linkLives.map((days) => ({
          value: String(days ?? 0),
          label: days === null ? words('sharing.life.none') : words('sharing.life.days', { days }),
        }))}
      />
      <PasswordField
        name="password"
        label={words('sharing.password.label')}
        aside={words('ui.optional')}
        hint={words('sharing.password.hint')}
        error={errorOf('password')}
        autoComplete="off"
      />
      <Choice name="mayDownload" note={t('download.note')}>
        {t('download.label')}
      </Choice>
      {failure?.fields ? null : <FormFailure failure={failure} />}
      <Button type="submit" busy={isBusy} wide>
        {t('create')}
      </Button>
    </form>
  );
}
