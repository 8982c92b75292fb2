'use client';

import { useLocale, useTranslations } from 'next-intl';
import { type FormEvent, type ReactNode, useState, useTransition } from 'react';
import { FormFailure } from '#components/auth/form-failure.tsx';
import { callAction } from '#components/ui/action/call-action.ts';
import { Button } from '#components/ui/button.tsx';
import { Choice } from '#components/ui/form/choice.tsx';
import { PasswordField } from '#components/ui/form/password-field.tsx';
import { SelectField } from '#components/ui/form/select-field.tsx';
import { TextField } from '#components/ui/form/text-field.tsx';
import { toast } from '#components/ui/overlay/toast-store.ts';
import { useRouter } from '#lib/core/i18n/navigation.ts';
import { localePath } from '#lib/core/i18n/routing.ts';
import type { PublicFailure, PublicResult } from '#lib/core/result.ts';
import { createAlbumLink, updateAlbumLink } from '#lib/sharing/album-link/actions.ts';
import type { AlbumLinkView } from '#lib/sharing/album-link/view.ts';
import { linkLives, usualLinkLife } from '#lib/sharing/policy.ts';
import { copyText } from './copy-text.ts';

/** Sends a form and keeps what went wrong; `send` says of itself what was done. */
function useForm<Made>(
  send: (form: FormData) => Promise<PublicResult<Made>>,
  after: (made: Made) => unknown,
) {
  const words = useTranslations();
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
    const form = new FormData(event.currentTarget);
    start(async () => {
      setFailure(null);
      const made = await send(form);
      if (!made.ok) return setFailure(made);
      await after(made.value);
      router.refresh();
    });
  };
  return { isBusy, failure, errorOf, submit };
}

/** For whom, how long, with or without a password and download; the new link is copied where that is allowed. */
export function NewAlbumLink({ albumId, onMade }: { albumId: string; onMade: () => void }) {
  const t = useTranslations('albumLinks');
  const locale = useLocale();
  const form = useForm(
    (sent) =>
      callAction(createAlbumLink, {
        albumId,
        name: sent.get('name'),
        days: Number(sent.get('days')) || null,
        password: sent.get('password'),
        mayDownload: sent.get('mayDownload') === 'on',
      }),
    async ({ path }) => {
      const isCopied = await copyText(window.location.origin + localePath(locale, path));
      toast('success', t(isCopied ? 'createdCopied' : 'created'));
      onMade();
    },
  );
  return <LinkForm form={form} submitLabel={t('create')} />;
}

/** The same of a link there is: what is left alone stays. Its address does not change. */
export function EditAlbumLink({ link, onDone }: { link: AlbumLinkView; onDone: () => void }) {
  const t = useTranslations('albumLinks');
  const form = useForm(
    (sent) =>
      callAction(updateAlbumLink, {
        id: link.id,
        name: sent.get('name'),
        days: sent.get('days') === 'same' ? 'same' : Number(sent.get('days')) || null,
        password: sent.get('password') ?? '',
        isOpen: sent.get('isOpen') === 'on',
        mayDownload: sent.get('mayDownload') === 'on',
      }),
    () => {
      toast('success', t('edit.done'));
      onDone();
    },
  );
  return <LinkForm form={form} link={link} submitLabel={t('edit.save')} />;
}

function LinkForm({
  form: { isBusy, failure, errorOf, submit },
  link,
  submitLabel,
}: {
  form: ReturnType<typeof useForm>;
  link?: AlbumLinkView;
  submitLabel: ReactNode;
}) {
  const t = useTranslations('albumLinks');
  const words = useTranslations();
  const [isOpen, setOpen] = useState(false);
  const lives = linkLives.map((days) => ({
    value: String(days ?? 0),
    label: days === null ? words('sharing.life.none') : words('sharing.life.days', { days }),
  }));
  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <TextField
        name="name"
        label={t('name.label')}
        aside={words('ui.optional')}
        hint={t('name.hint')}
        error={errorOf('name')}
        defaultValue={link?.name ?? ''}
        autoComplete="off"
      />
      <SelectField
        name="days"
        label={link ? t('edit.life') : words('sharing.life.label')}
        defaultValue={link ? 'same' : String(usualLinkLife)}
        options={link ? [{ value: 'same', label: t('edit.sameLife') }, ...lives] : lives}
      />
      {link?.hasPassword ? (
        <Choice name="isOpen" checked={isOpen} onChange={(event) => setOpen(event.target.checked)}>
          {t('edit.open')}
        </Choice>
      ) : null}
      {isOpen ? null : (
        <PasswordField
          name="password"
          label={link?.hasPassword ? t('edit.password') : words('sharing.password.label')}
          aside={words('ui.optional')}
          hint={link?.hasPassword ? t('edit.passwordHint') : words('sharing.password.hint')}
          error={errorOf('password')}
          autoComplete="new-password"
        />
      )}
      <Choice name="mayDownload" note={t('download.note')} defaultChecked={link?.mayDownload ?? false}>
        {t('download.label')}
      </Choice>
      {failure?.fields ? null : <FormFailure failure={failure} />}
      <Button type="submit" busy={isBusy} wide>
        {submitLabel}
      </Button>
    </form>
  );
}
