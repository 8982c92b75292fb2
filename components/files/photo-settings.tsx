'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { useState, useTransition } from 'react';
import { callAction } from '#components/ui/action/call-action.ts';
import { goneIsDone } from '#components/ui/action/gone.ts';
import { Button } from '#components/ui/button.tsx';
import { Choice } from '#components/ui/form/choice.tsx';
import { toast } from '#components/ui/overlay/toast-store.ts';
import { deletePhoto, setPhotoLife } from '#lib/files/photo/actions.ts';
import type { OwnPhoto } from '#lib/files/photo/view.ts';
import { photoLives } from '#lib/files/policy.ts';
import { DeletionQuestion } from './deletion-question.tsx';
import { Picture, toShown } from './picture.tsx';

type Props = { photo: OwnPhoto; onChanged: () => void };

/** How long one photo is kept, and its end. */
export function PhotoSettings({ photo, onChanged }: Props) {
  const t = useTranslations('library');
  const errors = useTranslations('errors');
  const format = useFormatter();
  const [life, setLife] = useState(photo.life);
  const [expiresAt, setExpiresAt] = useState(photo.expiresAt);
  const [saving, startSaving] = useTransition();

  const choose = (next: typeof life) => {
    const before = life;
    setLife(next);
    startSaving(async () => {
      const set = await callAction(setPhotoLife, { id: photo.id, life: next });
      if (set.ok) {
        setExpiresAt(set.value.expiresAt);
        toast('success', t('life.saved'));
        return onChanged();
      }
      setLife(before);
      toast('danger', errors(set.code));
    });
  };

  return (
    <div className="grid gap-4">
      <Picture
        image={toShown(photo)}
        alt=""
        sizes="400px"
        className="mx-auto h-auto max-h-52 w-auto max-w-full rounded-control"
      />
      <fieldset aria-busy={saving}>
        <legend className="font-semibold">{t('life.label')}</legend>
        {photoLives.map((one) => (
          <Choice
            key={one}
            type="radio"
            name="life"
            value={one}
            checked={life === one}
            onChange={() => choose(one)}
          >
            {t(`life.${one}`)}
          </Choice>
        ))}
        {expiresAt ? (
          <p className="text-sm text-muted" suppressHydrationWarning>
            {t('ends', { when: format.relativeTime(new Date(expiresAt), new Date()) })}
          </p>
        ) : null}
      </fieldset>
      <DeletionQuestion
        title={t('delete.title')}
        text={t('delete.text')}
        onConfirm={async () => {
          const deleted = goneIsDone(await callAction(deletePhoto, { id: photo.id }));
          if (deleted.ok) toast('success', t('delete.done'));
          else toast('danger', errors(deleted.code));
          onChanged();
          return deleted.ok;
        }}
      >
        <Button variant="secondary">{t('delete.action')}</Button>
      </DeletionQuestion>
    </div>
  );
}
