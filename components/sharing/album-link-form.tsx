'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, type ReactNode, useState } from 'react';
import { callAction } from '#components/ui/action/call-action.ts';
import { useOutcome } from '#components/ui/action/use-outcome.ts';
import { Button } from '#components/ui/button.tsx';
import { Choice } from '#components/ui/form/choice.tsx';
import { FormFailure } from '#components/ui/form/form-failure.tsx';
import { TextareaField, TextField } from '#components/ui/form/text-field.tsx';
import { createAlbumLink, updateAlbumLink } from '#lib/sharing/album-link/actions.ts';
import type { AlbumLinkView } from '#lib/sharing/album-link/view.ts';
import { daysOf, LifeField, LinkPasswordField, useCopyNew } from './link-fields.tsx';

type NewProps = { albumId: string; hasSent: boolean; onMade: () => void };

/** For whom, how long, with or without a password and download; the new link is copied where that is allowed. */
export function NewAlbumLink({ albumId, hasSent, onMade }: NewProps) {
  const t = useTranslations('albumLinks');
  const copyNew = useCopyNew();
  const outcome = useOutcome();
  const send = (form: FormData) =>
    outcome.run(
      () =>
        callAction(createAlbumLink, {
          albumId,
          name: form.get('name'),
          days: daysOf(form),
          password: form.get('password'),
          ...mannersOf(form),
        }),
      async ({ path }) => t((await copyNew(path)) ? 'createdCopied' : 'created'),
      onMade,
    );
  return <LinkForm outcome={outcome} send={send} hasSent={hasSent} submitLabel={t('create')} />;
}

type EditProps = { link: AlbumLinkView; hasSent: boolean; onDone: () => void };

/** The same of a link there is: what is left alone stays. Its address does not change. */
export function EditAlbumLink({ link, hasSent, onDone }: EditProps) {
  const t = useTranslations('albumLinks');
  const outcome = useOutcome();
  const send = (form: FormData) =>
    outcome.run(
      () =>
        callAction(updateAlbumLink, {
          id: link.id,
          name: form.get('name'),
          days: daysOf(form),
          password: form.get('password') ?? '',
          isOpen: form.get('isOpen') === 'on',
          ...mannersOf(form),
        }),
      t('edit.done'),
      onDone,
    );
  return (
    <LinkForm outcome={outcome} send={send} link={link} hasSent={hasSent} submitLabel={t('edit.save')} />
  );
}

const mannersOf = (form: FormData) => ({
  mayDownload: form.get('mayDownload') === 'on',
  givesSent: form.get('givesSent') === 'on',
  hasPicks: form.get('hasPicks') === 'on',
  hasMark: form.get('hasMark') === 'on',
  closingWords: String(form.get('closingWords') ?? ''),
});

type FormProps = {
  outcome: ReturnType<typeof useOutcome>;
  send: (form: FormData) => void;
  link?: AlbumLinkView;
  hasSent: boolean;
  submitLabel: ReactNode;
};

function LinkForm({ outcome: { isBusy, failure, errorOf }, send, link, hasSent, submitLabel }: FormProps) {
  const t = useTranslations('albumLinks');
  const words = useTranslations();
  const [isOpen, setOpen] = useState(false);
  const [mayDownload, setMayDownload] = useState(link?.mayDownload ?? false);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    send(new FormData(event.currentTarget));
  };
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
      <LifeField isEdit={link !== undefined} />
      {link?.hasPassword ? (
        <Choice name="isOpen" checked={isOpen} onChange={(event) => setOpen(event.target.checked)}>
          {t('edit.open')}
        </Choice>
      ) : null}
      {isOpen ? null : <LinkPasswordField isAnother={link?.hasPassword} error={errorOf('password')} />}
      <Choice
        name="mayDownload"
        note={t('download.note')}
        checked={mayDownload}
        onChange={(event) => setMayDownload(event.target.checked)}
      >
        {t('download.label')}
      </Choice>
      {mayDownload && (hasSent || link?.givesSent) ? (
        <Choice name="givesSent" note={t('sent.note')} defaultChecked={link?.givesSent ?? false}>
          {t('sent.label')}
        </Choice>
      ) : null}
      <Choice name="hasPicks" note={t('picks.note')} defaultChecked={link?.hasPicks ?? false}>
        {t('picks.label')}
      </Choice>
      <Choice name="hasMark" note={t('mark.note')} defaultChecked={link?.hasMark ?? false}>
        {t('mark.label')}
      </Choice>
      <TextareaField
        name="closingWords"
        label={t('closing.label')}
        aside={words('ui.optional')}
        hint={t('closing.hint')}
        error={errorOf('closingWords')}
        defaultValue={link?.closingWords ?? ''}
        maxLength={400}
        rows={2}
        dir="auto"
      />
      {failure?.fields ? null : <FormFailure failure={failure} />}
      <Button type="submit" busy={isBusy} wide>
        {submitLabel}
      </Button>
    </form>
  );
}
