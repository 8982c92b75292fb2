'use client';

import { clsx } from 'clsx';
import { Heart, MessageSquareText, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type FormEvent, useRef, useState } from 'react';
import { callAction } from '#components/ui/action/call-action.ts';
import { goneIsDone } from '#components/ui/action/gone.ts';
import { useOutcome } from '#components/ui/action/use-outcome.ts';
import { Button, buttonLook } from '#components/ui/button.tsx';
import { FormFailure } from '#components/ui/form/form-failure.tsx';
import { TextareaField, TextField } from '#components/ui/form/text-field.tsx';
import { Dialog, DialogContent, DialogTrigger } from '#components/ui/overlay/dialog.tsx';
import { OwnWords } from '#components/ui/own-words.tsx';
import { commentOnImage, removeComment } from '#lib/sharing/pick/actions.ts';
import { usePicks } from './picks.tsx';

type Props = { imageId: string; name: string };

/** The heart on a picture of a list. */
export function PickHeart({ imageId, name }: Props) {
  const t = useTranslations('picks');
  const picks = usePicks();
  if (!picks) return null;
  const isChosen = picks.chosen.has(imageId);
  const said = picks.comments.filter((comment) => comment.imageId === imageId).length;
  return (
    <>
      <button
        type="button"
        aria-pressed={isChosen}
        aria-label={t('choose', { name })}
        onClick={() => picks.turn(imageId)}
        className="absolute end-1 bottom-1 grid size-11 place-content-center rounded-full"
      >
        <span className="grid size-8 place-content-center rounded-full bg-background/85 text-primary">
          <Heart aria-hidden="true" className={clsx('size-4.5', isChosen && 'fill-current')} />
        </span>
      </button>
      {said > 0 ? (
        <span className="pointer-events-none absolute start-2 bottom-2.5 inline-flex items-center gap-1 rounded-full bg-background/85 px-2 py-0.5 text-xs">
          <MessageSquareText aria-hidden="true" className="size-3.5" />
          {t('said', { count: said })}
        </span>
      ) : null}
    </>
  );
}

/** Choosing and commenting on the picture that is open. */
export function PickTools({ imageId, name }: Props) {
  const t = useTranslations('picks');
  const picks = usePicks();
  if (!picks) return null;
  const isChosen = picks.chosen.has(imageId);
  const said = picks.comments.filter((comment) => comment.imageId === imageId).length;
  return (
    <>
      <button
        type="button"
        aria-pressed={isChosen}
        onClick={() => picks.turn(imageId)}
        className={clsx(buttonLook({ variant: isChosen ? 'primary' : 'secondary' }), 'grow')}
      >
        <Heart aria-hidden="true" className={clsx(isChosen && 'fill-current')} />
        {t(isChosen ? 'chosen' : 'pick')}
      </button>
      <Dialog>
        <DialogTrigger asChild>
          <Button variant="secondary">
            <MessageSquareText aria-hidden="true" />
            <span className="max-sm:sr-only">{t('comments', { count: said })}</span>
            {said > 0 ? (
              <span aria-hidden="true" className="sm:hidden">
                {t('said', { count: said })}
              </span>
            ) : null}
          </Button>
        </DialogTrigger>
        <DialogContent title={t('about', { name })}>
          <Comments imageId={imageId} />
        </DialogContent>
      </Dialog>
    </>
  );
}

function Comments({ imageId }: { imageId: string }) {
  const t = useTranslations('picks');
  const picks = usePicks();
  const form = useRef<HTMLFormElement>(null);
  const { isBusy, failure, errorOf, run } = useOutcome();
  // Who writes twice writes under one name.
  const [name, setName] = useState('');
  if (!picks) return null;
  const { token, comments, setComments } = picks;
  const here = comments.filter((comment) => comment.imageId === imageId);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const words = String(new FormData(event.currentTarget).get('words') ?? '');
    run(
      () => callAction(commentOnImage, { token, imageId, name, words }),
      ({ id }) => {
        const said = { id, imageId, name: name.trim() || null, words: words.trim() };
        setComments((before) => [...before.filter((one) => one.id !== id), said]);
        return t('saidDone');
      },
      () => form.current?.reset(),
    );
  };
  const remove = (id: string) =>
    run(
      async () => goneIsDone(await callAction(removeComment, { token, id })),
      t('removed'),
      () => setComments((before) => before.filter((one) => one.id !== id)),
    );
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      {here.length > 0 ? (
        <ul className="grid gap-3">
          {here.map(({ id, name: whose, words }) => (
            <li key={id} className="flex items-start gap-2 rounded-control bg-sunken p-3 text-sm">
              <div className="min-w-0 grow">
                {whose ? (
                  <p className="font-semibold">
                    <OwnWords>{whose}</OwnWords>
                  </p>
                ) : null}
                <p className="whitespace-pre-line">
                  <OwnWords>{words}</OwnWords>
                </p>
              </div>
              <Button variant="quiet" size="icon" aria-label={t('remove')} onClick={() => remove(id)}>
                <Trash2 aria-hidden="true" />
              </Button>
            </li>
          ))}
        </ul>
      ) : null}
      <form ref={form} onSubmit={submit} noValidate className="grid gap-4">
        <TextareaField
          name="words"
          label={t('words')}
          error={errorOf('words')}
          maxLength={500}
          rows={3}
          dir="auto"
        />
        <TextField
          name="name"
          label={t('name')}
          value={name}
          onChange={({ target }) => setName(target.value)}
          error={errorOf('name')}
          maxLength={60}
          autoComplete="name"
          dir="auto"
        />
        {failure?.fields ? null : <FormFailure failure={failure} />}
        <Button type="submit" busy={isBusy} wide>
          {t('say')}
        </Button>
      </form>
    </div>
  );
}
